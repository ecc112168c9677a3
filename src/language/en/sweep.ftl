# tellwave sweep

sweep-takes-off = Runs that reach { $share }
sweep-takes-off-meaning = share of the runs in which at least { $share } of all people become customers
sweep-days-to = Days to { $share }
sweep-days-to-meaning = days until { $share } of all people are customers, over the runs that come so far within the horizon

sweep-kind = Tellwave sweep
sweep-section-best = Which cells are best
sweep-section-factors = Which factors matter
sweep-section-responses = One factor at a time
sweep-section-take-off = Where it takes off
sweep-section-front = Two metrics at once
sweep-section-regression = Least squares
sweep-section-numbers = Every metric
sweep-section-cells = What was varied

sweep-answer-nothing = No cell has a value of “{ $label }”, so there is nothing to be said of it.
sweep-answer-flat = { $label } comes to the same in every cell, { $mean }: nothing that was varied changes it.
sweep-answer-best = { $label }: best is { $cell }, with { $mean } on average (95 % interval: { $interval }).
sweep-answer-best-alone = { $label }: best is { $cell }, with { $mean } on average.
sweep-answer-one-run = Each cell was played once. One run is an anecdote: what cells differ by may be luck.
sweep-answer-paired = compared run by run on the same luck
sweep-answer-unpaired = compared by their means
sweep-answer-tie =
    { $ties ->
        [one] One other cell comes
       *[other] { $text } other cells come
    } to exactly the same mean.
sweep-after = { $one } { $other }
sweep-answer-clear = Every other cell is worse ({ $how }).
sweep-answer-all-alike = These runs cannot tell any other cell from it ({ $how }).
sweep-answer-alike =
    { $others ->
        [one] One other cell
       *[other] { $text } other cells
    } cannot be told from it ({ $how }). All of them lie within { $ranges }.
sweep-or = { " or " }
sweep-comma = { ", " }
sweep-semicolon = { "; " }
sweep-answer-variance = { $label }: differences between cells come from { $shares }, and from two factors together, beyond what each does alone, { $pairs }.
sweep-answer-sobol = { $label }: { $factor } matters most: { $first } of the variance comes from it alone, and { $total } from it alone or together with others.
sweep-answer-sobol-alike = { $label }: the largest share of the variance goes with { $factor }, { $first } with it alone and { $total } alone or together with others; these rows cannot tell it apart from { $others }.
sweep-answer-morris = { $label }: { $factor } matters most: over its whole range it makes a difference of { $by } on average, up or down.
sweep-answer-swing = { $label }: the largest change comes from { $factor } = { $level } instead of { $from }: { $by }.
sweep-answer-fit = { $label }: the largest change goes with { $term }. When it is one of its standard deviations higher, the response changes by { $value } of its own. Straight lines explain { $explained } of the variance.
sweep-answer-fit-level = { $label }: the largest change goes with { $term } instead of { $from }: { $by }, the other factors held. Straight lines explain { $explained } of the variance.
sweep-answer-gaps =
    Only { $text } of { $all } { $finished ->
        [one] cells is
       *[other] cells are
    } finished: what follows is of { $finished ->
        [one] that one
       *[other] those
    } alone, and the best may be among the others.

sweep-takes-off-at = { $factor } = { $at } (95 % interval: { $interval })
sweep-takes-off-at-line = { $factor } = { $at } with { $line } (95 % interval: { $interval })
sweep-takes-off-everywhere = { $label }: above one half everywhere.
sweep-takes-off-nowhere = { $label }: below one half everywhere.
sweep-takes-off-head = { $label }: they are half of all runs at { $lines }.
sweep-takes-off-range = { $label }: they are half of all runs at { $factor } = { $range }, depending on { $by }.
sweep-all-cells = all cells
sweep-from = from { $end } on
sweep-up-to = up to { $end }
sweep-anywhere = not known
sweep-and-more =
    { $some } and { $more ->
        [one] one more
       *[other] { $text } more
    }

sweep-caption = { $name } · { $cells } · { $runs } · seed { $seed } · { $what }
sweep-cells =
    { $cells ->
        [one] one cell
       *[other] { $text } cells
    }
sweep-runs-each =
    { $runs ->
        [one] one run each
       *[other] { $text } runs each
    }
sweep-caption-averaged = means over all values of { $factors }
sweep-caption-best = bars: means over the runs; whiskers: their 95 % intervals
sweep-caption-best-values = rows: { $factors }
sweep-caption-best-some = { $shown } of the { $all } cells that may be the best
sweep-caption-cells = colours: means over the runs
sweep-caption-phase = colours: share of the runs
sweep-caption-lines = lines: means over the runs
sweep-caption-lines-and-bands = lines: means over the runs; bands: their 95 % intervals
sweep-caption-groups = line: means over groups of neighbouring cells; band: their 95 % intervals
sweep-caption-variance = bars: shares of the sum of squares over all cells
sweep-caption-coefficients = bars: standardised coefficients; whiskers: their 95 % intervals
sweep-caption-swings = each factor alone; line: the first values of all factors
sweep-caption-sobol = whiskers: 95 % intervals by a bootstrap over rows
sweep-caption-morris = whiskers: 95 % intervals of μ* over trajectories
sweep-caption-front = dots: means over the runs
sweep-caption-some-dots = of dots off the front one in { $every }

sweep-chart-best = { $label }: the best cells
sweep-chart-surface = { $label } by { $across } and { $up }
sweep-chart-response = { $label } by { $factor }
sweep-chart-variance = { $label }: where the differences between cells come from
sweep-chart-coefficients = { $label }: what goes with it
sweep-chart-swings = { $label }: what each factor does alone
sweep-chart-sobol = { $label }: where its variance comes from
sweep-chart-morris = { $label }: how far each factor moves it
sweep-chart-phase = Where it takes off: { $label }
sweep-chart-front = { $first } against { $second }
sweep-axis-variance = Share of the variance between cells
sweep-axis-coefficients = Standard deviations of the response for one of the factor
sweep-axis-sobol = Share of the variance
sweep-axis-morris = { $label }, change over the whole range of the factor
sweep-together = { $a } with { $b }
sweep-below-base = less than the base, at the value beside it
sweep-above-base = more than the base, at the value beside it
sweep-border-of-zero = border to values below 0
sweep-border-of-half = border at half of the runs
sweep-among-the-best = best, or not told from it
sweep-off-front = other cells
sweep-on-front = front
sweep-first = alone (first order)
sweep-total = alone and with others (total)

sweep-reading-map = Each field is a cell. Rings mark the best cell and those that these runs cannot tell from it.
sweep-reading-map-averaged = Each field is the mean of all cells with these two values.
sweep-reading-variance = How much of the differences between cells each factor explains by itself, and two together beyond that. It holds for the values that were played: a factor that is varied more explains more.
sweep-reading-coefficients = How many standard deviations the response changes with one standard deviation of the factor, the others held. A factor that does much in bends, and nothing in a straight line, has a short bar.
sweep-reading-swings = From the line, where every factor has its first value, each bar goes to what one factor alone can do. What several do together it does not show.
sweep-reading-sobol = The first order is what would be gone of the variance, on average, if the factor were known; the total is what would remain if all others were known. What lies between the two, the factor does together with others.
sweep-reading-morris = μ* is how far the response moves, up or down, with the whole range of a factor; σ is how much that depends on where one is. A large σ beside μ*: the factor bends, or acts together with others.
sweep-reading-lines = Where bands are apart, luck alone does not explain the difference. Where they overlap there may still be one, as all cells have the same luck. Other factors are averaged over, or have a line of their own for each value.
sweep-reading-lines-alone = Where bands are apart, luck alone does not explain the difference. Where they overlap there may still be one, as all cells have the same luck. Other factors keep their first values.
sweep-reading-phase = Across the border most runs get there; before it most die out. Near it a small change decides.

sweep-cell = Cell
sweep-cell-number = cell { $cell }
sweep-difference-from-best = Less the best
sweep-verdict = Verdict
sweep-best = best
sweep-alike = cannot be told from it
sweep-worse = worse
sweep-best-listed =
    { $alike ->
        [one] Listed is the best cell
       *[other] Listed are the { $alike_text } cells that may be the best
    }; best-cells.csv has all { $all }.
sweep-best-listed-some = { $alike } cells may be the best; the first { $shown } of them are listed. best-cells.csv has all { $all }.
sweep-best-listed-more =
    { $alike ->
        [one] Listed are the best cell
       *[other] Listed are the { $alike_text } cells that may be the best
    } and the next { $next }; best-cells.csv has all { $all }.
sweep-best-about-paired = Cells were compared run by run, as run 1 has the same luck in every cell. An interval that holds 0 means: not told apart. At 95 %, for all of them together, the best cell is among those that cannot be told from the first.
sweep-best-about-means = Cells were compared by their means, as if each had luck of its own. With [keep] runs = true they are compared run by run, and fewer runs tell more apart. At 95 %, for all of them together, the best cell is among those that cannot be told from the first.
sweep-best-about-some-runs = Cells were compared by their means, as if each had luck of its own: not every run has a number of this metric, so that they cannot be compared run by run. At 95 %, for all of them together, the best cell is among those that cannot be told from the first.
sweep-best-of-few-runs =
    { $cells ->
        [one] In one cell fewer than half of the runs have a number; its mean is
       *[other] In { $text } cells fewer than half of the runs have a number; their means are
    } over those alone, and say nothing of the rest.

sweep-factor = Factor
sweep-level = Value
sweep-cells-there = Cells
sweep-levels-about = Means over all cells with that value, whatever the other factors are. Intervals say what luck leaves open, not how much the other factors change.
sweep-levels-more = { $shown } of { $all } values are listed.
sweep-variance-about = What is left, { $rest } of the variance, comes from three factors and more together, and from luck.
sweep-variance-about-two = What luck does is among what the two do together.
sweep-change = Change
sweep-difference-from-base = Less the base
sweep-swings-about = The base is { $base }, with { $mean }. Each row changes one factor of it.
sweep-sobol-about = By Saltelli’s design of { $rows } rows. Indices may lie a little outside 0 to 100 % by chance. Luck that is left in the means counts as an interaction.
sweep-morris-about = μ* is the mean size of the elementary effects, μ their mean with its sign, σ their standard deviation; all over the whole range of a factor.
sweep-shares-missing =
    { $cells ->
        [one] One cell is missing. Indices rest
       *[other] { $text } cells are missing. Indices rest
    } on all points of the design, so they are not given. Resume the sweep to have them.
sweep-shares-flat = The response does not vary enough for indices, or too few cells have one.

sweep-fit-about =
    { $label } by straight lines through all factors (ordinary least squares; { $cells ->
        [one] one cell
       *[other] { $text } cells
    }, an observation each). A value with a name is 1 where it is taken and 0 elsewhere, against the first one.
sweep-instead-of = instead of { $from }
sweep-fit-explained = R² = { $r }; adjusted for the number of terms { $adjusted }.
sweep-fit-collinear = There is no fit: { $column } follows from { $others }, so what each does cannot be told apart.
sweep-fit-too-few =
    There is no fit: { $cells ->
        [one] one cell
       *[other] { $text } cells
    } cannot tell { $coefficients } coefficients.
sweep-fit-flat = There is no fit: the factors do not vary enough.
sweep-term = Term
sweep-coefficient = Coefficient
sweep-error = Standard error
sweep-standardised = Standardised
sweep-intercept = Intercept

sweep-line = Line
sweep-half-at = Half of the runs at { $factor } =
sweep-interval = 95 % interval
sweep-always = above half everywhere
sweep-never = below half everywhere
sweep-phase-about = Between two values the share is taken for straight. The interval is the stretch on which one half lies within the 95 % intervals of the shares; it is open where it reaches the end of what was played.
sweep-front-about = On the front are the cells that no other cell beats in one metric without losing in the other. Which of them to take is not for the numbers to say. The front is of means: near it, luck may decide.
sweep-front-listed = { $shown } of { $all } cells on the front are listed.
sweep-metrics-about = Each metric in the cells where it is least and greatest. Below each name stands what it is, and what it is called in results.csv.
sweep-metric = Metric
sweep-least = Least
sweep-greatest = Greatest

sweep-levels = Values
sweep-values = Which
sweep-a-law = any number
sweep-a-law-of-whole = any whole number
sweep-uniform = every number from { $from } to { $to } alike
sweep-uniform-of-whole = every whole number from { $from } to { $to } alike
sweep-log-uniform = every ratio from { $from } to { $to } alike
sweep-triangular = from { $from } to { $to }, likeliest { $mode }
sweep-normal = normal, mean { $mean }, standard deviation { $deviation }
sweep-design = Design
sweep-design-grid = grid: every combination
sweep-design-one-at-a-time = one factor at a time
sweep-design-latin-hypercube = Latin hypercube of { $points } points (McKay, Beckman & Conover 1979)
sweep-design-sobol = Sobol indices, { $rows } rows (Saltelli et al. 2010)
sweep-design-morris = screening, { $trajectories } trajectories on { $levels } levels (Morris 1991)
sweep-design-list = cells from a list
sweep-name = Sweep
sweep-base = Base scenario
sweep-cells-played = Cells
sweep-some-of = { $some } of { $all }
sweep-constraints = Constraints
sweep-left-out = Points that do not fulfil them
sweep-missing = Missing cells
sweep-plan-digest = Plan, SHA-256
sweep-engine-results = Version of the engine’s results
sweep-again-about = plan.json beside this report holds the whole plan. A sweep file of the same plan digest gives the same numbers, on any number of threads. To play one of its cells alone, and see what happens in it:
sweep-read-luck = Run 1 has the same luck in every cell, and so has every other run: by how much cells differ is known better than what each comes to.
sweep-read-many = Of many numbers some are large by chance. Intervals of single cells hold for one cell each; the verdicts on the best cells hold for all of them together.
sweep-read-model = The intervals say how precisely the means are known from so many runs. They do not say how well the base scenario describes your market.
