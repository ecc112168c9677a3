# What is to be said of a scenario

note-unused-value = { $key } из набора { $preset } в этом сценарии не используется
note-replaced-list = { $key } из набора { $weaker } заменён списком из набора { $stronger }: списки не объединяются
note-weak-source = { $key } = { $value } из набора { $preset }: слабый источник
note-assumption = { $key } = { $value } из набора { $preset }: допущение
note-weak-code = рекомендация с кодом убеждает реже ({ $coded }), чем без кода ({ $plain }): conversion.invitation ниже conversion.persuasion, поэтому рекомендующие привлекают меньше; participation.unasked = "0 %" отключает коды
note-idle-fraud = [fraud] ничего не меняет: никто не получает вознаграждения, так что на обмане ничего не заработать
note-population = telling.audience — "population": граф говорит только о том, кто есть на рынке
note-of-file = { $file }: { $said }
note-kept-graph =
    Сохранённый граф: людей — { $people }, { $kind ->
        [arcs] дуг
       *[ties] связей
    } — { $ties }{ $grown ->
        [yes] {"; "}{ $model }
       *[no] {""}
    }{ $sown ->
        [yes] {"; "}зерно { $seed }
       *[no] {""}
    }; контрольная сумма { $digest }….
note-warning = { $key }: { $found }; { $why }

## A list of ties

list-read =
    Прочитано строк: { $lines }; людей — { $people }, { $kind ->
        [arcs] дуг
       *[ties] связей
    } — { $ties }.
list-names-columns = Первая строка называет столбцы.
list-promises =
    Первая строка обещает: людей — { $people }, { $kind ->
        [arcs] дуг
       *[ties] связей
    } — { $ties }; людей без связей в списке нет.
list-comments = Пропущено строк с комментариями: { $lines }.
list-loops = Строк, связывающих человека с самим собой: { $lines }; пропущены.
list-repeated = Строк, повторяющих другую: { $lines }; объединены.
list-reversed = Связей, указанных в обе стороны: { $ties }; каждая считается один раз.
list-weights-ignored = Третий столбец не используется.
list-named = Обозначения сохранены как имена; люди пронумерованы с 0.

## What a programme's terms let happen that nobody means: what was found, and why it matters

found-idle-term = условие программы
why-idle-term = никто не получает вознаграждения, поэтому оно не используется
found-above-margin = вознаграждения стоимостью до { $cost } за друга, который покупает на { $price }
why-above-margin = такой заказ оставляет { $margin }: каждый пришедший так друг поначалу стоит больше, чем приносит
found-self-referral = всего вознаграждений на { $worth } за покупку на { $price }
why-self-referral = кто рекомендует сам себя, зарабатывает больше, чем тратит
found-without-limit = вознаграждение без лимита, срока окончания и бюджета
why-without-limit = долг компании ничем не ограничен: задайте cap, ends или policy.budget
found-small-budget-for-prizes = бюджет { $budget } при призах на { $prizes }
why-small-budget-for-prizes = на призы его не хватает, поэтому в них будет отказано
found-small-budget = бюджет { $budget } при вознаграждениях на { $least } за один раз
why-small-budget = его не хватает и на одного друга, поэтому программа никогда не платит
found-high-cap =
    { $cap ->
        [one] лимит в { $cap } вознаграждение
        [few] лимит в { $cap } вознаграждения
       *[many] лимит в { $cap } вознаграждений
    }
why-cap-above-told = никто не рассказывает больше чем { $people } людям, поэтому никто и никогда не получит больше чем { $most }
why-cap-above-known = никто не знает больше чем { $people } человек, поэтому никто и никогда не получит больше чем { $most }
found-falling-tier = { $amount } начиная с { $from }‑го друга, до того — { $before }
why-falling-tier = за большее платят меньше: тому, кто приводит многих, предлагают остановиться
found-hasty-window = срок в { $window }
why-hasty-window = друзья решают в среднем { $days } дня (conversion.decision_delay): многие из них купят слишком поздно
found-no-hold = вознаграждение без отсрочки
found-hold = отсрочка на { $hold }
why-hasty-hold = деньги за покупки возвращают не позже чем через { $within } (refunds.within): использованное до этого уже не отозвать
why-endless-hold = это дольше горизонта, поэтому его никогда не начислят
found-no-drawing = билеты без розыгрыша
why-no-drawing = ни одно правило не разыгрывает билеты (trigger = "drawing"): людей побуждает то, что никто не может выиграть
found-late-prizes = вручение призов через { $end }
why-late-prizes = это за горизонтом, поэтому их никогда не вручат
found-no-tickets = розыгрыш без билетов
why-no-tickets = ни одно правило не даёт билетов (kind = "ticket"), поэтому разыгрывать нечего
found-idle-leaderboard = рейтинг без `perceived`
why-idle-leaderboard = эти призы никого не побуждают: укажите в `perceived`, во сколько люди оценивают место
