# The report of a run, and what is printed of it

## The head

report-kind = Tellwave report
report-page-title = { $title } – Tellwave report
report-expected = Expected:
report-fork-question = What if other terms had held after day { $day }?

forked-title = { $name }, forked after day { $day }
forked-title-other = { $name }, after day { $day }: { $other }

printed-head = { $title } · { $runs } · seed { $seed }
run-number = run { $number }
printed-note = Note: { $note }
printed-report = Report, with what each line means: { $path }

## The answer

mean-with-interval = { $mean } (95 % interval of the mean: { $interval })

headline-stopped = { $stopped } of { $runs } runs were stopped at the limit of customers: what follows is too low.
headline-by-word =
    { $first } first { $people ->
        [one] customer
       *[other] customers
    } brought { $more } more by word of mouth{ $known ->
        [yes] {" "}(95 % interval of the mean: { $interval })
       *[no] {""}
    }: { $ratio } for each.
headline-by-word-beside-paid =
    { $first } customers whom no word brought (first customers, and those whom paid reach won) brought { $more } more by word of mouth{ $known ->
        [yes] {" "}(95 % interval of the mean: { $interval })
       *[no] {""}
    }: { $ratio } for each.
headline-reach = { $mean } people heard at least one word on average; in nine of ten runs { $low } to { $high }.
headline-cost = Rewards cost { $cost } on average. The profit after all that is { $profit }.
headline-cost-and-others = Rewards cost { $cost } on average, other costs are { $others }. The profit after all that is { $profit }.
headline-cost-alone = Rewards cost { $cost } on average. The profit after them is { $profit }; it is not what the programme adds, for most of these customers may have come without it. Play it without --no-twin to compare.
headline-profit = The profit is { $profit } on average, first customers included.
headline-programme = The programme changes the number of customers by { $customers }, and the profit by { $profit }, compared with the same runs without it.
programme-earns = The programme earns more than it costs, on average; in nine of ten runs it changes the profit by { $low } to { $high }.
programme-costs = The programme costs more than it earns, on average; in nine of ten runs it changes the profit by { $low } to { $high }.
programme-unsure = Whether the programme earns more than it costs cannot be told from these runs, which change the profit by { $low } to { $high } in nine of ten: more runs would tell (--runs).
headline-attributed = A count of codes credits { $customers } customers to it.

headline-fork = After day { $day } other terms hold.
headline-fork-customers = Customers on average: { $said }
headline-fork-customers-of-one-run = Customers in this run: { $said }
headline-fork-profit = Profit: { $said }
fork-same = { $new }, as under the old terms.
fork-indistinct = { $new } instead of { $old }: a difference of { $mean } that cannot be told from none (95 % interval: { $interval }).
fork-more-customers = { $new } instead of { $old }: more by { $mean }{ $known ->
        [yes] {" "}(95 % interval: { $interval })
       *[no] {""}
    }.
fork-fewer-customers = { $new } instead of { $old }: fewer by { $mean }{ $known ->
        [yes] {" "}(95 % interval: { $interval })
       *[no] {""}
    }.
fork-higher-profit = { $new } instead of { $old }: higher by { $mean }{ $known ->
        [yes] {" "}(95 % interval: { $interval })
       *[no] {""}
    }.
fork-lower-profit = { $new } instead of { $old }: lower by { $mean }{ $known ->
        [yes] {" "}(95 % interval: { $interval })
       *[no] {""}
    }.

## The programme

report-terms = The programme
terms-up-to-day = Up to day { $day }: { $term }
terms-after-day = After day { $day }: { $term }
nobody-is-rewarded = nobody is rewarded

## What a fork changes

fork-title = What the new terms change
fork-heading = What the new terms change: the same runs with the same past up to the close of day { $day }, then on the same luck under the old terms and under the new ones; means over the runs, each rounded by how well it is known, and the difference run by run
fork-heading-of-one-run = What the new terms change: the same run with the same past up to the close of day { $day }, then on the same luck under the old terms and under the new ones; what one run tells is an anecdote: fork all runs to see what to expect
fork-about = The same runs with the same past up to the close of day { $day }, then on the same luck under the old terms and under the new ones; means over the runs, each rounded by how well it is known, and the difference run by run.
fork-about-one-run = The same run with the same past up to the close of day { $day }, then on the same luck under the old terms and under the new ones; what one run tells is an anecdote: fork all runs to see what to expect.
fork-no-changes = No term changes after day { $day }: both futures are the same.
report-fork-no-changes = No setting changes, so both futures are the same.
printed-up-to-day = up to day { $day }
printed-after-day = after day { $day }
report-up-to-day = Up to day { $day }
report-after-it = After it
printed-old-terms = old terms
printed-new-terms = new terms
printed-difference = difference
printed-interval-of-it = 95 % interval of it
report-old-terms = Old terms
report-new-terms = New terms
report-difference = Difference
report-interval-of-it = 95 % interval of it

## Tables

report-charts = Charts
report-numbers = Numbers
report-quantity = Quantity
report-mean = Mean
report-interval-of-mean = 95 % interval of the mean
report-median = Median
report-band = 5–95 % of runs
report-ratio = Ratio of the totals of all runs
report-value = Value
report-interval = 95 % interval
printed-mean = mean
printed-interval-of-mean = 95 % interval of the mean
printed-median = median
printed-band = 5–95 % of runs
printed-mean-or-ratio = mean or ratio
printed-ratio = ratio
printed-interval = 95 % interval

## What the programme adds

programme-title = What the programme adds
programme-heading = What the programme adds: with the programme less without it, run by run, on the same luck
programme-about = With the programme less without it, run by run, on the same luck.
customers-without-programme = Customers without it
profit-without-programme = Profit without it
ratio-indistinct-from-no-effect = not distinguishable from no effect
ratio-fewer-customers = fewer customers than without it
break-even-none = Break-even: none to be had, for the programme changes neither customers nor profit.
break-even-first-day = Break-even: from the first day on, on average.
break-even-day = Break-even: day { $day }; from then on it has paid for itself, on average.
break-even-unsure = Break-even: day { $day } on average, but whether it pays at all cannot be told from these runs.
break-even-not = Break-even: not by day { $day }.

## What a customer costs and is worth

worth-title = What a customer costs and is worth
worth-heading = What a customer costs and is worth: over all customers, also those who would have come anyway
worth-about = Over all customers, also those who would have come anyway.
ratio-too-few = too few to tell

## Where the money went

report-money = Where the money went
report-income = From revenue to profit
report-rewards = What became of the rewards
report-line = Line
report-money-about =
    The means of a table add up, but for rounding; the ends of the bands do not, for they come from
    different runs. All accounts are in ledger.csv.

## The graph

report-graph = The graph
report-property = Property
graph-people = People
graph-people-meaning = everybody in the market
graph-people-of-run = each run grows a graph of its own; this is that of run 0
graph-ties = Ties
graph-ties-meaning = pairs of people who can tell each other
graph-ties-directed = Ties, one way
graph-ties-directed-meaning = pairs of people of whom the first can tell the second
graph-friends-mean = Friends, mean
graph-friends-mean-meaning = how many friends a person has, on average over everybody; the standard deviation is { $sd }
graph-friends-mean-meaning-directed = whom a person can tell, on average over everybody; the standard deviation is { $sd }
graph-friends-spread = Friends, from fewest to most
graph-friends-spread-meaning = the fewest, the quartiles with the median, and the most
graph-assortativity = Degree assortativity
graph-assortativity-meaning = above 0 people with many friends know each other, below 0 they know people with few; −1 to 1 (Newman 2002)
graph-clustering = Clustering
graph-clustering-meaning = share of a person's pairs of friends who know each other, the mean over people (Watts & Strogatz 1998)
graph-transitivity = Transitivity
graph-transitivity-meaning = the same share over all such pairs together, so that people with many friends count for more
graph-sampled = about { $value }
graph-sampled-meaning = { $meaning }; from { $drawn } drawn at random
graph-parts = Parts
graph-parts-meaning = no tie joins one part to another, so no word gets across
graph-largest-part = Largest part
graph-largest-part-meaning = { $people } people are in the largest part

## Notes

report-notes = Notes
note-stopped = Runs stopped at stop_at_customers were not played to their end: their totals are lower bounds.
note-stopped-under-old-terms = { $stopped } of the runs under the old terms were stopped at stop_at_customers: what the new terms change is not known where either of a pair was.
note-stopped-without-programme = { $stopped } of the runs without the programme were stopped at stop_at_customers: what the programme adds is not known where either of a pair was.
note-of-any-runs = The interval says how precisely the mean is known from so many runs; the band says how much single runs differ. Neither says how well the scenario describes your market.
note-fork-promises = Who signed up by day { $day } and buys after it is rewarded by the new terms, and so is who told her: what they had been promised does not count. Rewards earned by then keep their terms.
note-fork-budget = The budget is one for the whole run: what was spent up to day { $day } counts, and where that is all of it or more, the new programme ends with the first reward that it would pay.

## Assumptions

report-assumptions = Assumptions
report-assumptions-about = Every setting, who gave it, and what a value rests on that the scenario did not give itself.
report-setting = Setting
report-from = From
from-command-line = command line
from-file = file
from-preset = preset { $preset }
from-default = default
basis-range = { $source }. Range: { $range }.
basis-marked = { $basis } ({ $mark })

## How to get it again

report-provenance = How to get these numbers again
provenance-scenario = Scenario SHA-256
provenance-seed = Seed
provenance-runs = Runs
provenance-run-alone = run { $first } alone
provenance-runs-from = { $runs } from run { $first } on
provenance-random-numbers = Random numbers
provenance-forked = Forked
provenance-forked-where = where day { $day } closes
provenance-scenario-after = SHA-256 of the scenario after it

## Charts

caption-of-one-run = { $scenario } · one run · seed { $seed }
caption = { $scenario } · { $text } runs · seed { $seed } · lines: the median of the runs, day by day; bands: the middle 90 % of runs (5 % to 95 %)
axis-days = Days since the start
axis-money = { $currency }, up to each day
axis-people = People, up to each day
axis-customers = Customers, up to each day
chart-reach = People reached and customers won
chart-reach-reached = Reached
chart-reach-customers = Customers
chart-reach-by-word = by word
chart-revenue = Revenue, reward cost and profit
chart-revenue-revenue = Revenue
chart-revenue-profit = Profit
chart-revenue-reward-cost = Reward cost
chart-programme = Customers with the programme and without it
chart-programme-without = Without it
chart-programme-with = With it
chart-fork = Customers under the old terms and under new ones after day { $day }
chart-fork-old = Old terms
chart-fork-new = New terms
chart-difference = Profit that the new terms after day { $day } add
chart-difference-difference = Difference

note-fit = What was counted lies {$relative} from the median of the runs on average, and within the middle 90 % of the runs on {$within} of {$days} days.
