# What is to be said of a scenario

note-unused-value = { $key } of the preset { $preset } is not used in this scenario
note-replaced-list = { $key } of the preset { $weaker } is replaced by that of the preset { $stronger }: lists are not joined
note-weak-source = { $key } = { $value } of the preset { $preset }: weak source
note-assumption = { $key } = { $value } of the preset { $preset }: assumption
note-weak-code = a word with a code persuades less ({ $coded }) than one without ({ $plain }): conversion.invitation is below conversion.persuasion, so those who refer win fewer; participation.unasked = "0 %" leaves codes out
note-idle-fraud = [fraud] changes nothing: nobody is rewarded, so there is nothing to be had by it
note-population = telling.audience is "population": the graph only says who there is
note-of-file = { $file }: { $said }
note-kept-graph =
    A kept graph of { $people } people and { $ties } { $kind ->
        [arcs] arcs
       *[ties] ties
    }{ $grown ->
        [yes] {"; "}{ $model }
       *[no] {""}
    }{ $sown ->
        [yes] {"; "}seed { $seed }
       *[no] {""}
    }; digest { $digest }….
note-warning = { $key }: { $found }; { $why }

## A list of ties

list-read =
    Read { $people } people and { $ties } { $kind ->
        [arcs] arcs
       *[ties] ties
    } from { $lines } lines.
list-names-columns = The first line names the columns.
list-promises =
    The first line promises { $people } people and { $ties } { $kind ->
        [arcs] arcs
       *[ties] ties
    }; people without a tie are not in the list.
list-comments = { $lines } comment lines skipped.
list-loops = { $lines } lines tie a person to itself; skipped.
list-repeated = { $lines } lines repeat another; merged.
list-reversed = { $ties } ties are listed in both directions; each counts once.
list-weights-ignored = The third column is not used.
list-named = Ids are kept as names; people are numbered from 0.

## What a programme's terms let happen that nobody means: what was found, and why it matters

found-idle-term = a term of a programme
why-idle-term = nobody is rewarded, so it is not used
found-above-margin = rewards that cost up to { $cost } for a friend who buys for { $price }
why-above-margin = such an order leaves { $margin }: each friend who comes so costs more than she brings at first
found-self-referral = rewards of { $worth } in all for a purchase of { $price }
why-self-referral = whoever refers herself earns more than she spends
found-without-limit = a reward without a cap, an end or a budget
why-without-limit = what the company may come to owe has no limit: write a cap, ends or policy.budget
found-small-budget-for-prizes = a budget of { $budget } for prizes of { $prizes }
why-small-budget-for-prizes = it does not cover them, so they are refused
found-small-budget = a budget of { $budget } for rewards of { $least } at once
why-small-budget = it does not cover one friend, so the programme never pays
found-high-cap = a cap of { $cap } rewards
why-cap-above-told = nobody tells more than { $people } people, so nobody ever has more than { $most }
why-cap-above-known = nobody knows more than { $people } people, so nobody ever has more than { $most }
found-falling-tier = { $amount } from friend { $from } on, after { $before }
why-falling-tier = it pays less for more: who brings many is told to stop
found-hasty-window = a window of { $window }
why-hasty-window = friends take { $days } days to decide on average (conversion.decision_delay): many of them buy too late
found-no-hold = a reward that is not held back
found-hold = a hold of { $hold }
why-hasty-hold = purchases are refunded within { $within } (refunds.within): what is redeemed before that cannot be taken back
why-endless-hold = that is longer than the horizon, so it is never granted
found-no-drawing = tickets without a drawing
why-no-drawing = no rule draws tickets (trigger = "drawing"): people are moved by something that nobody can win
found-late-prizes = prizes awarded after { $end }
why-late-prizes = that is after the horizon, so they never are
found-no-tickets = a drawing without tickets
why-no-tickets = no rule gives tickets (kind = "ticket"), so there is nothing to draw
found-idle-leaderboard = a leaderboard without `perceived`
why-idle-leaderboard = nobody is moved by these prizes: write as `perceived` what people think a place is worth to them
