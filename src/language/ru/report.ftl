# The report of a run, and what is printed of it

## The head

report-kind = Отчёт Tellwave
report-page-title = { $title } – отчёт Tellwave
report-expected = Ожидается:
report-fork-question = Что, если бы после дня { $day } действовали другие условия?

forked-title = { $name }, развилка после дня { $day }
forked-title-other = { $name }, после дня { $day }: { $other }

printed-head = { $title } · { $runs } · зерно { $seed }
run-number = прогон { $number }
printed-note = Примечание: { $note }
printed-report = Отчёт, где объяснена каждая строка: { $path }

## The answer

mean-with-interval = { $mean } (95 %-й интервал среднего: { $interval })

headline-stopped = Прогонов, остановленных на пределе числа клиентов: { $stopped } из { $runs }; приведённые ниже числа занижены.
headline-by-word =
    { $people ->
        [one] { $first } первый клиент привёл
        [few] { $first } первых клиента привели
       *[many] { $first } первых клиентов привели
    } по рекомендации ещё { $more }{ $known ->
        [yes] {" "}(95 %-й интервал среднего: { $interval })
       *[no] {""}
    }: по { $ratio } на каждого.
headline-by-word-beside-paid =
    Клиенты, пришедшие не по рекомендации (первые клиенты и те, кого привлёк платный охват), — их { $first } — привели по рекомендации ещё { $more }{ $known ->
        [yes] {" "}(95 %-й интервал среднего: { $interval })
       *[no] {""}
    }: по { $ratio } на каждого.
headline-reach = Хотя бы раз услышали о продукте от других в среднем { $mean } чел.; в девяти прогонах из десяти — от { $low } до { $high }.
headline-cost = Вознаграждения обходятся в среднем в { $cost }. Прибыль после всех этих затрат — { $profit }.
headline-cost-and-others = Вознаграждения обходятся в среднем в { $cost }, прочие затраты — { $others }. Прибыль после всех этих затрат — { $profit }.
headline-cost-alone = Вознаграждения обходятся в среднем в { $cost }. Прибыль после них — { $profit }; это не вклад программы, ведь большинство этих клиентов могло прийти и без неё. Чтобы сравнить, запустите без --no-twin.
headline-profit = Прибыль в среднем — { $profit }, включая первых клиентов.
headline-programme = По сравнению с теми же прогонами без программы число клиентов с ней меняется на { $customers }, а прибыль — на { $profit }.
programme-earns = В среднем программа приносит больше, чем стоит; в девяти прогонах из десяти она меняет прибыль на величину от { $low } до { $high }.
programme-costs = В среднем программа стоит больше, чем приносит; в девяти прогонах из десяти она меняет прибыль на величину от { $low } до { $high }.
programme-unsure = Приносит ли программа больше, чем стоит, по этим прогонам сказать нельзя: в девяти из десяти она меняет прибыль на величину от { $low } до { $high }; нужно больше прогонов (--runs).
headline-attributed = Подсчёт по кодам приписывает программе клиентов: { $customers }.

headline-fork = После дня { $day } действуют другие условия.
headline-fork-customers = Клиентов в среднем: { $said }
headline-fork-customers-of-one-run = Клиентов в этом прогоне: { $said }
headline-fork-profit = Прибыль: { $said }
fork-same = { $new }, как и при старых условиях.
fork-indistinct = { $new } вместо { $old }: разница { $mean } неотличима от нуля (95 %-й интервал: { $interval }).
fork-more-customers = { $new } вместо { $old }: больше на { $mean }{ $known ->
        [yes] {" "}(95 %-й интервал: { $interval })
       *[no] {""}
    }.
fork-fewer-customers = { $new } вместо { $old }: меньше на { $mean }{ $known ->
        [yes] {" "}(95 %-й интервал: { $interval })
       *[no] {""}
    }.
fork-higher-profit = { $new } вместо { $old }: выше на { $mean }{ $known ->
        [yes] {" "}(95 %-й интервал: { $interval })
       *[no] {""}
    }.
fork-lower-profit = { $new } вместо { $old }: ниже на { $mean }{ $known ->
        [yes] {" "}(95 %-й интервал: { $interval })
       *[no] {""}
    }.

## The programme

report-terms = Программа
terms-up-to-day = До дня { $day } включительно: { $term }
terms-after-day = После дня { $day }: { $term }
nobody-is-rewarded = никто не получает вознаграждения

## What a fork changes

fork-title = Что меняют новые условия
fork-heading = Что меняют новые условия: те же прогоны с тем же прошлым до конца дня { $day }, далее при тех же случайных числах по старым условиям и по новым; средние по прогонам, каждое округлено по его точности, разница — по каждому прогону
fork-heading-of-one-run = Что меняют новые условия: тот же прогон с тем же прошлым до конца дня { $day }, далее при тех же случайных числах по старым условиям и по новым; один прогон — лишь частный случай: сделайте развилку всех прогонов, чтобы увидеть, чего ожидать
fork-about = Те же прогоны с тем же прошлым до конца дня { $day }, далее при тех же случайных числах по старым условиям и по новым; средние по прогонам, каждое округлено по его точности, разница — по каждому прогону.
fork-about-one-run = Тот же прогон с тем же прошлым до конца дня { $day }, далее при тех же случайных числах по старым условиям и по новым; один прогон — лишь частный случай: сделайте развилку всех прогонов, чтобы увидеть, чего ожидать.
fork-no-changes = После дня { $day } условия не меняются: оба будущих одинаковы.
report-fork-no-changes = Настройки не меняются, поэтому оба будущих одинаковы.
printed-up-to-day = до дня { $day } включительно
printed-after-day = после дня { $day }
report-up-to-day = До дня { $day } включительно
report-after-it = После него
printed-old-terms = старые условия
printed-new-terms = новые условия
printed-difference = разница
printed-interval-of-it = её 95 %-й интервал
report-old-terms = Старые условия
report-new-terms = Новые условия
report-difference = Разница
report-interval-of-it = Её 95 %-й интервал

## Tables

report-charts = Графики
report-numbers = Числа
report-quantity = Показатель
report-mean = Среднее
report-interval-of-mean = 95 %-й интервал среднего
report-median = Медиана
report-band = 5–95 % прогонов
report-ratio = Отношение сумм по всем прогонам
report-value = Значение
report-interval = 95 %-й интервал
printed-mean = среднее
printed-interval-of-mean = 95 %-й интервал среднего
printed-median = медиана
printed-band = 5–95 % прогонов
printed-mean-or-ratio = среднее или отношение
printed-ratio = отношение
printed-interval = 95 %-й интервал

## What the programme adds

programme-title = Что добавляет программа
programme-heading = Что добавляет программа: с программой минус без неё, по каждому прогону, при тех же случайных числах
programme-about = С программой минус без неё, по каждому прогону, при тех же случайных числах.
customers-without-programme = Клиенты без программы
profit-without-programme = Прибыль без программы
ratio-indistinct-from-no-effect = неотличимо от отсутствия эффекта
ratio-fewer-customers = клиентов меньше, чем без программы
break-even-none = Окупаемость: окупать нечего, программа не меняет ни число клиентов, ни прибыль.
break-even-first-day = Окупаемость: в среднем с первого дня.
break-even-day = Окупаемость: день { $day }; с этого дня программа в среднем окупилась.
break-even-unsure = Окупаемость: в среднем день { $day }, но окупается ли программа вообще, по этим прогонам сказать нельзя.
break-even-not = Окупаемость: не достигнута к дню { $day }.

## What a customer costs and is worth

worth-title = Сколько стоит клиент и какова его ценность
worth-heading = Сколько стоит клиент и какова его ценность: по всем клиентам, в том числе тем, кто пришёл бы и так
worth-about = По всем клиентам, в том числе тем, кто пришёл бы и так.
ratio-too-few = слишком мало данных

## Where the money went

report-money = Куда ушли деньги
report-income = От выручки к прибыли
report-rewards = Что стало с вознаграждениями
report-line = Статья
report-money-about = Средние в таблице складываются с точностью до округления; границы полос не складываются, потому что относятся к разным прогонам. Все счета — в файле ledger.csv.

## The graph

report-graph = Граф связей
report-property = Свойство
graph-people = Люди
graph-people-meaning = все, кто есть на рынке
graph-people-of-run = в каждом прогоне свой граф; это граф прогона 0
graph-ties = Связи
graph-ties-meaning = пары людей, которые могут рассказать друг другу
graph-ties-directed = Связи, односторонние
graph-ties-directed-meaning = пары людей, в которых первый может рассказать второму
graph-friends-mean = Друзей в среднем
graph-friends-mean-meaning = сколько друзей у человека, в среднем по всем; стандартное отклонение — { $sd }
graph-friends-mean-meaning-directed = скольким людям человек может рассказать, в среднем по всем; стандартное отклонение — { $sd }
graph-friends-spread = Друзей, от наименьшего числа к наибольшему
graph-friends-spread-meaning = наименьшее, квартили с медианой, наибольшее
graph-assortativity = Ассортативность по степени
graph-assortativity-meaning = выше 0 — люди со многими друзьями знают друг друга, ниже 0 — знают тех, у кого друзей мало; от −1 до 1 (Newman 2002)
graph-clustering = Кластеризация
graph-clustering-meaning = доля пар друзей человека, знакомых между собой, в среднем по людям (Watts & Strogatz 1998)
graph-transitivity = Транзитивность
graph-transitivity-meaning = та же доля по всем таким парам вместе, так что люди со многими друзьями весят больше
graph-sampled = около { $value }
graph-sampled-meaning = { $meaning }; по случайной выборке объёмом { $drawn }
graph-parts = Части
graph-parts-meaning = части ничем не связаны между собой, и слово из одной в другую не проходит
graph-largest-part = Крупнейшая часть
graph-largest-part-meaning = людей в крупнейшей части: { $people }

## Notes

report-notes = Примечания
note-stopped = Прогоны, остановленные по stop_at_customers, не доиграны до конца: их итоги — нижние границы.
note-stopped-under-old-terms = Прогонов при старых условиях, остановленных по stop_at_customers: { $stopped }; там, где остановлен хотя бы один из пары, неизвестно, что меняют новые условия.
note-stopped-without-programme = Прогонов без программы, остановленных по stop_at_customers: { $stopped }; там, где остановлен хотя бы один из пары, неизвестно, что добавляет программа.
note-of-any-runs = Интервал показывает, насколько точно среднее известно по такому числу прогонов; полоса показывает, насколько различаются отдельные прогоны. Ни то ни другое не говорит, насколько хорошо сценарий описывает ваш рынок.
note-fork-promises = Кто зарегистрировался до дня { $day } включительно, а покупает позже, вознаграждается по новым условиям, как и тот, кто ему рассказал: обещанное прежде не действует. Вознаграждения, заработанные к тому времени, сохраняют свои условия.
note-fork-budget = Бюджет один на весь прогон: потраченное до дня { $day } включительно учитывается, и если это весь бюджет или больше, новая программа заканчивается на первом же вознаграждении, которое должна выплатить.

## Assumptions

report-assumptions = Допущения
report-assumptions-about = Все настройки, откуда они взяты и на чём основаны значения, которых нет в самом сценарии. Источники приведены на их языке.
report-setting = Настройка
report-from = Откуда
from-command-line = командная строка
from-file = файл
from-preset = набор { $preset }
from-default = по умолчанию
basis-range = { $source }. Диапазон: { $range }.
basis-marked = { $basis } ({ $mark })

## How to get it again

report-provenance = Как получить эти числа снова
provenance-scenario = SHA-256 сценария
provenance-seed = Зерно
provenance-runs = Прогоны
provenance-run-alone = только прогон { $first }
provenance-runs-from = { $runs }, начиная с прогона { $first }
provenance-random-numbers = Случайные числа
provenance-forked = Развилка
provenance-forked-where = в конце дня { $day }
provenance-scenario-after = SHA-256 сценария после неё

## Charts

caption-of-one-run = { $scenario } · один прогон · зерно { $seed }
caption =
    { $scenario } · { $runs ->
        [one] { $text } прогон
        [few] { $text } прогона
       *[many] { $text } прогонов
    } · зерно { $seed } · линии: медиана прогонов по дням; полосы: средние 90 % прогонов (от 5 % до 95 %)
axis-days = Дней с начала
axis-money = { $currency }, нарастающим итогом
axis-people = Люди, нарастающим итогом
axis-customers = Клиенты, нарастающим итогом
chart-reach = Охват и привлечённые клиенты
chart-reach-reached = Охват
chart-reach-customers = Клиенты
chart-reach-by-word = по рекомендации
chart-revenue = Выручка, затраты на вознаграждения и прибыль
chart-revenue-revenue = Выручка
chart-revenue-profit = Прибыль
chart-revenue-reward-cost = Вознаграждения
chart-programme = Клиенты с программой и без неё
chart-programme-without = Без программы
chart-programme-with = С программой
chart-fork = Клиенты при старых условиях и при новых после дня { $day }
chart-fork-old = Старые условия
chart-fork-new = Новые условия
chart-difference = Прибыль, которую добавляют новые условия после дня { $day }
chart-difference-difference = Разница

note-fit = Подсчитанное отстоит от медианы прогонов в среднем на {$relative}; дней в средних 90 % прогонов: {$within} из {$days}.
