# The programme in words. Rules are put together from parts: who, what she gets, for what, and terms.

rule = { $who } gets { $reward } for { $occasion }
rule-and-term = { $rule }, { $term }

## Amounts

amount = { $figures } { $code }
share = { $figures } %
share-of-price = { $share } of the price
span-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
span-weeks =
    { $count ->
        [one] { $count } week
       *[other] { $count } weeks
    }
span-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
span-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
span-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }

## Who

who-advocate = the advocate
who-friend = the friend
who-up-the-chain = the { $ordinal } advocate up the chain
who-of-segment = { $who } of the segment { $segment }

## What she gets

reward-cash = { $amount } in cash
reward-discount = { $amount } off the price
reward-discount-later = { $amount } off her next order
reward-points = { $amount } in points
reward-gift = { $amount } as a gift
reward-product = { $amount } worth of the product
reward-upgrade = { $amount } as an upgrade
reward-ticket = a ticket that is worth { $amount } to her
tier-from-place = { $amount } from the { $ordinal } place on
tier-from-friend = { $amount } from the { $ordinal } friend on
tier-and-tier = { $tiers }, { $tier }
tiers-retroactive = { $tiers } (for those before too)

## For what

for-sign-up = a friend's sign-up
for-own-sign-up = her sign-up
for-first-purchase = a friend's first purchase
for-own-first-purchase = her first purchase
for-later-purchases = each of a friend's later purchases
for-own-later-purchases = each of her later purchases
for-purchases = each of a friend's purchases
for-own-purchases = each of her purchases
for-purchase = a friend's { $ordinal } purchase
for-own-purchase = her { $ordinal } purchase
for-the-winning-ticket = holding the winning ticket
for-a-winning-ticket = holding one of { $winners } winning tickets
for-the-most-friends = the most friends
for-a-place = a place among the { $winners } with most friends
for-every-friend = { $occasion }, every { $ordinal } friend
for-only-the-friend = { $occasion }, only the { $ordinal } friend

## Terms

term-hold = held back for { $hold }
term-minimum-order = on orders of at least { $least }
term-window = within { $window } of being told
term-cap =
    { $most ->
        [one] at most once
       *[other] at most { $most } times
    }
term-cap-monthly =
    { $most ->
        [one] at most once a month
       *[other] at most { $most } times a month
    }
term-cap-amount = at most { $most } together
term-cap-amount-monthly = at most { $most } together a month
term-from-day = from day { $day } on
term-until-day = until day { $day }

## What holds for all rules

clause-rewards-add-up = rewards of several rules for the same thing add up
clause-budget = all rewards together cost at most { $most }
clause-platform-fee = its software costs { $fee } for each begun 30 days
clause-first-code = the first code that came through is credited
clause-last-code = the last code that came through is credited
clause-lost-codes = { $share } of the codes get lost
clause-suspected = who is paid is suspected: a word with a code loses { $share } of its chance
clause-selects-worse = each doubling of the rewards above a tenth of the order takes { $share } of the margin
clause-refunds = { $share } of the purchases are refunded within { $within }
clause-fraud = people cheat (fraud)
clause-fraud-check = each referral is checked for { $cost }
