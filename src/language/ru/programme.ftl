# The programme in words. Rules are put together from parts: who (nominative), what she gets (accusative), for what
# (accusative), and terms. Durations are accusative, as after «через» and «на».

rule = { $who } получает { $reward } за { $occasion }
rule-and-term = { $rule }, { $term }

## Amounts

amount = { $figures } { $code }
share = { $figures } %
share-of-price = { $share } цены
span-years =
    { $count ->
        [one] { $count } год
        [few] { $count } года
       *[many] { $count } лет
    }
span-weeks =
    { $count ->
        [one] { $count } неделю
        [few] { $count } недели
       *[many] { $count } недель
    }
span-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[many] { $count } дней
    }
span-hours =
    { $count ->
        [one] { $count } час
        [few] { $count } часа
       *[many] { $count } часов
    }
span-minutes =
    { $count ->
        [one] { $count } минуту
        [few] { $count } минуты
       *[many] { $count } минут
    }

## Who

who-advocate = рекомендатель
who-friend = друг
who-up-the-chain = { $ordinal }‑й рекомендатель вверх по цепочке
who-of-segment = { $who } из сегмента «{ $segment }»

## What she gets

reward-cash = { $amount } деньгами
reward-discount = скидку { $amount }
reward-discount-later = скидку { $amount } на следующий заказ
reward-points = { $amount } баллами
reward-gift = подарок на { $amount }
reward-product = продукт на { $amount }
reward-upgrade = улучшение на { $amount }
reward-ticket = билет, который для него стоит { $amount },
tier-from-place = со { $ordinal }‑го места { $amount }
tier-from-friend = с { $ordinal }‑го друга { $amount }
tier-and-tier = { $tiers }, а { $tier }
tiers-retroactive = { $tiers } (и за прежних тоже)

## For what

for-sign-up = регистрацию друга
for-own-sign-up = свою регистрацию
for-first-purchase = первую покупку друга
for-own-first-purchase = свою первую покупку
for-later-purchases = каждую последующую покупку друга
for-own-later-purchases = каждую свою последующую покупку
for-purchases = каждую покупку друга
for-own-purchases = каждую свою покупку
for-purchase = { $ordinal }‑ю покупку друга
for-own-purchase = свою { $ordinal }‑ю покупку
for-the-winning-ticket = выигрышный билет
for-a-winning-ticket =
    { $winners ->
        [one] один из { $winners } выигрышного билета
       *[other] один из { $winners } выигрышных билетов
    }
for-the-most-friends = наибольшее число друзей
for-a-place =
    { $winners ->
        [one] место среди { $winners } участника с наибольшим числом друзей
       *[other] место среди { $winners } участников с наибольшим числом друзей
    }
for-every-friend = { $occasion }, за каждого { $ordinal }‑го друга
for-only-the-friend = { $occasion }, только за { $ordinal }‑го друга

## Terms

term-hold = с отсрочкой на { $hold }
term-minimum-order = при заказе не менее { $least }
term-window = не позже чем через { $window } после рекомендации
term-cap =
    { $most ->
        [one] не более { $most } раза
       *[other] не более { $most } раз
    }
term-cap-monthly =
    { $most ->
        [one] не более { $most } раза в месяц
       *[other] не более { $most } раз в месяц
    }
term-cap-amount = в сумме не более { $most }
term-cap-amount-monthly = в сумме не более { $most } в месяц
term-from-day = начиная с дня { $day }
term-until-day = до дня { $day }

## What holds for all rules

clause-rewards-add-up = вознаграждения по нескольким правилам за одно и то же складываются
clause-budget = все вознаграждения вместе стоят не более { $most }
clause-platform-fee = программная платформа стоит { $fee } за каждые начатые 30 дней
clause-first-code = засчитывается первый дошедший код
clause-last-code = засчитывается последний дошедший код
clause-lost-codes = { $share } кодов теряется
clause-suspected = оплаченному не верят: рекомендация с кодом теряет { $share } своих шансов
clause-selects-worse = каждое удвоение вознаграждений сверх десятой части заказа отнимает { $share } маржи
clause-refunds = за { $share } покупок деньги возвращают не позже чем через { $within }
clause-fraud = люди мошенничают
clause-fraud-check = проверка каждой рекомендации стоит { $cost }
