# Charts and pictures of runs that were heard closely: captions, axes, labels, and how each is read.

figure-caption = { $scenario } · { $runs } · seed { $seed } · { $what }
figure-caption-alone = { $scenario } · { $runs } · seed { $seed }
figure-first-runs = the first { $heard } of { $runs } runs
figure-says-together = all of these runs together
figure-says-together-and-band = line: all of these runs together; band: the middle 90 % of them (5 % to 95 %)
figure-says-mean-and-band = line: the mean of these runs; band: the middle 90 % of them (5 % to 95 %)
figure-says-layers = the mean of these runs
figure-says-whiskers = bars: the mean of these runs; whiskers: the middle 90 % of them (5 % to 95 %)
figure-says-cascades = all cascades of these runs; a cascade is a customer whom no word brought, with all who came by her
figure-says-degrees = all people of the graph; whoever can tell nobody has no dot
figure-says-both = { $one }; { $other }

figure-says-counted = dots: what was counted
figure-says-incremental = bars: means over the runs; whiskers, where there are any: 95 % intervals
figure-says-no-difference = thinner line at 0: no difference
figure-some-scenarios = { $shown } of { $all } scenarios: those that rank first, and the baseline
figure-some-others = { $shown } of { $all } scenarios besides the baseline: those that rank first
figure-some-programmes = { $shown } of { $all } programmes: those that rank first
figure-axis-without-zero = the axis does not begin at 0
figure-up-to-each-day = { $label } up to each day

figure-funnel = How far people come
figure-funnel-reading = Each bar is the people who took that step by the end of a run. A step is not always part of the one before: first customers were there before anybody told them.
figure-funnel-people = People
figure-funnel-reached = Heard a word
figure-funnel-landed = Came to have a look
figure-funnel-signed-up = Persuaded
figure-funnel-customers = Customers
figure-funnel-participants = Took part in the programme
figure-funnel-advocates = Brought a customer with a code

figure-acquisition = How customers came
figure-acquisition-reading = Each layer is the customers who came one way; the upper edge of the pile is all customers.
figure-way-seed = First customers
figure-way-advertising = Advertising
figure-way-influencer = Influencers
figure-way-review = Reviews
figure-way-word = A friend’s word
figure-way-credited = A friend’s word, credited to the programme

figure-reproduction-by-generation = How many customers each customer brings, by generation
figure-reproduction-by-generation-reading = Above the dashed line each generation is larger than the one before, and it spreads of itself; below it word of mouth only adds to what is won in other ways.
figure-reproduction-by-day = How many customers each customer brings, by day
figure-reproduction-by-day-reading = A point is the customers of a week: how many others each of them went on to bring. Below the dashed line each brings fewer than one.
figure-reproduction-axis = R: customers that each customer brings
figure-reproduction-label = R
figure-reproduction-one = one for one
figure-generation = Generation; 0 is the customers whom no word brought
figure-day-of-purchase = Day of the first purchase, and the six days before
figure-generations-left-out = the last generation is left out, and so are those of fewer than { $fewest } customers, all runs together
figure-weeks-left-out = weeks of fewer than { $fewest } such customers, all runs together, are left out
figure-days-left-out = the days from { $day } on are left out, as their buyers had no time to bring all whom they will bring

figure-cascade-size = How large cascades are
figure-cascade-size-reading = A dot at 10 people and 2 % says that two cascades in a hundred have ten customers or more.
figure-cascade-size-axis = Customers of a cascade, at least so many
figure-cascade-depth = How deep cascades are
figure-cascade-depth-reading = A dot at 3 generations and 2 % says that in two cascades in a hundred word went on at least three times, from customer to customer.
figure-cascade-depth-axis = Generations after the first customer, at least so many
figure-cascades-axis = Share of all cascades

figure-degrees = How many friends people have
figure-degrees-reading = A dot at 50 friends and 2 % says that two people in a hundred can tell fifty others or more.
figure-degrees-axis = Friends whom somebody can tell, at least so many
figure-degrees-share = Share of all people

figure-sentiment = What is said: good words less bad ones
figure-sentiment-reading = At 100 % all words so far were for the product, at 0 % as many against it as for it, and below zero more.
figure-sentiment-axis = Good words less bad ones, in all words so far
figure-sentiment-label = Words
figure-nps = What customers think: the net promoter score
figure-nps-reading = The share of customers who would recommend it (9 or 10 of 10) less the share of those who would not (0 to 6), in hundredths: 100 is the best, −100 the worst.
figure-nps-axis = Net promoter score of all customers so far
figure-nps-label = Score

figure-liability = What is owed in rewards
figure-liability-reading = What it will cost if all rewards that are granted, and neither redeemed nor expired, are redeemed.
figure-liability-axis = { $currency }, owed at the end of each day
figure-liability-label = Owed
figure-budget = How much of the budget is used
figure-budget-reading = What rewards granted or held back cost, as a share of the programme’s budget; once it is used up, no reward is granted any more.
figure-budget-axis = Share of the budget
figure-budget-label = Used

figure-section = A closer look
figure-section-about = The first { $heard } runs, heard closely: who came how, how it spreads, and what is said and owed. Each chart is in the folder too, as a picture and as a table.
figure-section-about-one = One run, heard closely: who came how, how it spreads, and what is said and owed. Each chart is in the folder too, as a picture and as a table.

figure-tree = The largest cascade of run { $run }
figure-tree-subtitle =
    { $scenario }: one customer and { $others ->
        [one] one more who came by her
       *[other] all { $people } who came by her
    }, over { $depth ->
        [one] one generation
       *[other] { $generations } generations
    }
figure-tree-reading = Who brought whom: each line is a customer, below the one whose word won her. Where a branch is long it is cut.
figure-tree-first = First customer
figure-tree-coded = A friend’s word, with a code
figure-tree-more = … and { $number } more
figure-tree-person = person { $number }
figure-tree-day = day
figure-tree-way = how she came
figure-tree-revenue = revenue
figure-tree-brought = brought
figure-tree-brought-in-all = { $directly }, { $all } in all

figure-network = Who bought when, in run { $run }
figure-network-caption = { $scenario } · seed { $seed } · { $people } people and their ties; { $customers } of them bought
figure-network-reading = Each dot is one of the people, a line between two a tie; the colour says when she bought. See whether it spreads from group to group, or stays where it began.
figure-network-earliest = Bought on day { $day }
figure-network-latest = day { $day }
figure-network-never = not a customer
figure-network-first = first customer
