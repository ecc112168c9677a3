# tellwave compare

compare-without-programme = No programme
compare-head = { $names } on the same luck · { $runs } · seed { $seed }
compare-runs-each =
    { $runs ->
        [one] one run
       *[other] { $text } runs each
    }
compare-means-of-each = Means of each:

compare-answer-same = { $label }: no difference. Each run of each came to the same, { $mean } on average.
compare-answer-same-in-one-run = { $label }: no difference, { $mean } in each.
compare-answer-one-run = { $label }: { $first } comes first in this run with { $mean }. One run is an anecdote: play more.
compare-answer-unsure = { $label }: { $first } comes first with { $mean } on average, but these runs cannot tell it from { $others }.
compare-answer-more = { $label }: { $first } comes first with { $mean } on average, { $by } more than { $other } (95 % interval: { $interval }).
compare-answer-less = { $label }: { $first } comes first with { $mean } on average, { $by } less than { $other } (95 % interval: { $interval }).
compare-ahead = It is ahead of { $other } in { $share } of the runs.
compare-ahead-in-every-run = It is ahead of { $other } in every run.
compare-share-over = over { $share }
compare-share-under = under { $share }

compare-from-baseline = difference
compare-baseline = baseline
compare-interval = 95 % interval of the difference
compare-better-in = ahead of the baseline in
compare-unpaired = unpaired runs
compare-alike = cannot be told from

compare-precise = { $label }: each difference is known to within { $reached } of the mean of { $baseline }; { $asked } was asked.
compare-imprecise = { $label }: differences are known to within { $reached } of the mean of { $baseline }, and not { $asked }: the most runs were played (--most-runs).
compare-precision-unknown = One run does not say how precisely anything is known (--most-runs).
compare-gain = Paired on the same luck, { $runs } runs of each tell as much as { $unpaired } unpaired runs of each would ({ $times } times as many).
compare-stopped = Runs were stopped at stop_at_customers ({ $runs }): their totals are lower bounds, and so differences are not known.
compare-nothing = nothing
compare-key-differs = { $key } is { $after } instead of { $before }
compare-more-keys-differ =
    { $more ->
        [one] and one more key differs
       *[other] and { $text } more keys differ
    }
compare-beside-the-programme = { $name } differs from { $first } in more than the programme: { $keys }.

compare-read-differences = The difference is that from the baseline, taken run by run on the same luck. Its 95 % interval says how precisely the mean difference is known from so many runs, corrected for how skewed the runs are; what a single run, and so a single year of yours, may come to is between the two ends of "5–95 % of runs".
compare-read-unpaired = Unpaired runs: how many runs of each, each on luck of its own, would know the difference as precisely.
compare-read-pairs = Which can be told apart is asked of all pairs at once, by paired tests corrected by Holm's method: if none differ, any are told apart with a chance of at most { $level }.

compare-caption = { $runs } · seed { $seed } · { $what }
compare-caption-means = lines: the mean of the runs, day by day
compare-caption-means-and-bands = lines: the mean of the runs, day by day; bands: the middle 90 % of runs (5 % to 95 %)
compare-caption-differences = lines: the mean of the differences run by run; bands: its 95 % interval
compare-caption-interval = bars: means over the runs; whiskers: their 95 % intervals
compare-axis-days = Days since the start
compare-axis-up-to-day = { $label }, up to each day
compare-axis-difference = { $label }, difference from the baseline
compare-axis-customers = Customers
compare-axis-cost = Reward cost for each incremental customer
compare-axis-roi = Incremental profit for each unit of money that the programme cost
compare-axis-payback = Incremental profit, up to each day
compare-chart-difference = { $label }: difference from { $baseline }
compare-chart-incremental = Customers that each programme adds, and that are credited to it
compare-chart-cost = What an additional customer costs
compare-chart-roi = Return on investment of each programme
compare-chart-payback = When each programme has paid for itself
compare-attributed = attributed
compare-incremental = incremental
compare-payback-day = paid back on day { $day }

compare-kind = Tellwave comparison
compare-section-result = Which comes first
compare-section-days = Day by day
compare-section-programmes = The programmes, and what each adds
compare-section-numbers = Numbers
compare-section-differences = In what the scenarios differ
compare-section-assumptions = Assumptions
compare-section-reading = How to read this
compare-section-again = How to get these numbers again
compare-nobody-is-rewarded = nobody is rewarded
compare-terms-of = { $name }:
compare-programmes-about = What each programme adds: its runs less the same runs without it, on the same luck. Intervals are 95 % intervals of the means.
compare-day = day { $day }
compare-day-unsure = day { $day } on average, but not known to pay
compare-not-by-the-end = not by the end
compare-payback = Paid back
compare-payback-meaning = from when on the programme has paid for itself, on average
compare-numbers-about = Means over the runs. Below each name stands what it is, and what it is called in summary.json and runs.parquet: the projection over the events that counts it.
compare-no-key-differs = No key differs.
compare-key = Setting
compare-value = Value
compare-from = From
compare-what = What
compare-assumptions-about = Every setting of { $name }, who gave it, and what a value rests on that the scenario did not give itself.
compare-read-model = The intervals say how precisely the means are known from so many runs. They do not say how well the scenarios describe your market: that rests on the assumptions above.
compare-again-about = In the folder of this report:
compare-events-about = What happened in a run, event by event:
compare-seed = Seed
compare-runs-of-each = Runs of each
compare-random-numbers = Random numbers

compare-section-what-if = What would change our mind
what-if-about = { $first } less { $other }, { $label }: { $base } as things are. Each assumption is moved over its published range, one at a time, in both scenarios, on the same luck ({ $runs } runs of each). Several that are wrong together can do more. What a scenario says for itself, such as its prices, costs and how long customers stay, is held as it is.
what-if-never = No assumption, moved alone over its published range, puts { $other } ahead.
what-if-flip-below = { $first } would fall behind { $other } where { $key } is below about { $at } (now { $now }).
what-if-flip-above = { $first } would fall behind { $other } where { $key } is above about { $at } (now { $now }).
what-if-shrinks = With { $key } at { $at } instead of { $now }, { $left } of the difference are left (95 % interval: { $interval }).
what-if-more = There are more such numbers under “What would change our mind”.
what-if-next = Of { $next }, which ranks between the two, this says nothing: it may come first sooner. Compare { $first } and { $next } alone to know where.
what-if-assumption = Assumption
what-if-now = Now
what-if-range = Range
what-if-low = Difference at the low end
what-if-high = Difference at the high end
what-if-flip = { $first } falls behind at about
what-if-refused = contradicts other settings
what-if-chart = What would change our mind: { $first } against { $other }
what-if-axis = { $label }, { $first } less { $other }
what-if-at-low = at the low end of the range
what-if-at-high = at the high end of the range
what-if-caption = each assumption alone, on the same luck; line: as things are

compare-chart-break-even = What larger and smaller rewards would add to the profit
compare-caption-break-even = every reward of a programme multiplied, on the same luck; lines: means, bands: their 95 % intervals
compare-axis-rewards = Rewards, as a share of what they are now
compare-axis-added = Incremental profit
compare-equal-budget = Every programme had the same budget for its rewards: { $budget }. Its rewards end when they have cost so much.
compare-caption-budget = every programme with a budget of { $budget }

compare-section-actuals = Against your own numbers
compare-actuals = counted
compare-chart-actuals = { $label }: counted, and by the scenarios
compare-actuals-about = What was counted, beside the means of the scenarios. A near fit does not prove a scenario: others may fit as well.
compare-fit-relative = Mean distance, as a share
compare-fit-distance = Root mean square distance
compare-fit-within = Days within the band of 90 % of runs
compare-fit-days = Days compared

compare-nothing-beats-more = { $label }: { $first } is best, with { $mean } on average. The nearest, { $other }, has { $by } less (95 % interval: { $interval }).
compare-nothing-beats-less = { $label }: { $first } is best, with { $mean } on average. The nearest, { $other }, has { $by } more (95 % interval: { $interval }).
compare-with-share = { $value } ({ $share })
compare-ahead-or-equal = It is ahead of { $other } in { $share } of the runs, and the same in { $equal }.
compare-next = Next comes { $next }, { $by } behind (95 % interval: { $interval }).
compare-next-unsure = These runs cannot tell it from { $others }.
compare-name-and-difference = { $name } ({ $difference })
compare-ahead-of-baseline = Better than { $baseline } too: { $others }.
compare-behind-baseline = Worse than { $baseline }: { $others }.
compare-like-baseline = Cannot be told from { $baseline }: { $others }.
compare-spread = 5–95 % of runs
compare-credibility = Whoever is paid for a word may be suspected, and the scenarios differ in that assumption (credibility_loss): { $shares }. To compare the rewards alone, give all of them the same.
compare-denied = Beware: rewards that were promised and not paid, for the budget was spent, on average: { $denied }. The model assumes that nobody minds. In life people do, and the programmes that break the most promises look better here than they are.
what-if-not-varied = Not varied are { $count } further assumptions of { $first } that no range is published for; they stand under "Assumptions", with a mark.

key-persuasion = the chance that a word persuades
key-invitation = the chance that an invitation with a code persuades
key-positive = the number of people a satisfied customer tells
key-negative = the number of people an unhappy customer tells
key-unasked = the share of satisfied customers who refer unasked
key-willing = the share of satisfied customers who would refer
key-posts-trust = the share of people who trust strangers' reviews
key-funnel-purchase = the share of sign-ups that buy
key-discount-rate = the discount rate
key-referred-churn = the lapse factor of referred customers
key-loyalty-churn = the lapse factor of advocates
key-face-to-face-trust = the share of people who trust those they know
key-lift = the lift of a large reward
key-credibility-loss = the loss of belief in a paid word

what-if-undecided = As things are, these runs cannot tell { $first } from { $other }; so it does not take much to change who is ahead.

compare-means-precise = { $label }: each mean is known to within { $reached } of itself; { $asked } was asked.
compare-means-imprecise = { $label }: means are known to within { $reached } of themselves, and not { $asked }: the most runs were played (--most-runs).
