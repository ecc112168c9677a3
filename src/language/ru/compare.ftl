# tellwave compare

compare-without-programme = Без программы
compare-head = { $names } · при одной и той же случайности · { $runs } · зерно { $seed }
compare-runs-each =
    { $runs ->
        [one] по { $text } прогону
       *[other] по { $text } прогонов
    }
compare-means-of-each = Средние по каждому сценарию:

compare-answer-same = { $label }: разницы нет. Во всех прогонах результат одинаков, в среднем { $mean }.
compare-answer-same-in-one-run = { $label }: разницы нет, везде { $mean }.
compare-answer-one-run = { $label }: в этом прогоне впереди «{ $first }» — { $mean }. Один прогон — это частный случай: сыграйте больше.
compare-answer-unsure = { $label }: на первом месте «{ $first }» — в среднем { $mean }, но эти прогоны не позволяют отличить его от следующих: { $others }.
compare-answer-more = { $label }: на первом месте «{ $first }» — в среднем { $mean }; это на { $by } больше, чем у «{ $other }» (95 %‑й интервал: { $interval }).
compare-answer-less = { $label }: на первом месте «{ $first }» — в среднем { $mean }; это на { $by } меньше, чем у «{ $other }» (95 %‑й интервал: { $interval }).
compare-ahead = Он опережает «{ $other }» в { $share } прогонов.
compare-ahead-in-every-run = Он опережает «{ $other }» в каждом прогоне.
compare-share-over = более { $share }
compare-share-under = менее { $share }

compare-from-baseline = разница с базой
compare-baseline = база
compare-interval = 95 %‑й интервал разницы
compare-better-in = опережает базу в
compare-unpaired = прогонов без пар
compare-alike = не отличить от

compare-precise = { $label }: каждая разница известна с точностью до { $reached } от среднего у «{ $baseline }»; требовалось { $asked }.
compare-imprecise = { $label }: разницы известны с точностью до { $reached } от среднего у «{ $baseline }», а не { $asked }: сыграно наибольшее число прогонов (--most-runs).
compare-precision-unknown = Один прогон не говорит о точности (--most-runs).
compare-gain = В парах при одной и той же случайности прогоны ({ $runs } каждого) говорят столько же, сколько прогоны без пар в количестве { $unpaired } (в { $times } раз больше).
compare-stopped = Прогоны были остановлены на stop_at_customers ({ $runs }): их итоги — нижние границы, поэтому разницы неизвестны.
compare-nothing = ничего
compare-key-differs = { $key } — { $after } вместо { $before }
compare-more-keys-differ =
    { $more ->
        [one] и ещё { $text } ключ
        [few] и ещё { $text } ключа
       *[many] и ещё { $text } ключей
    }
compare-beside-the-programme = «{ $name }» отличается от «{ $first }» не только программой: { $keys }.

compare-read-differences = Разница — это разница с базой, прогон за прогоном, при одной и той же случайности. Её 95 %‑й интервал говорит, насколько точно по такому числу прогонов известна средняя разница, с поправкой на асимметрию прогонов; к чему придёт один прогон, а значит и один ваш год, — между концами «5–95 % прогонов».
compare-read-unpaired = Прогонов без пар: сколько прогонов каждого сценария, каждый со своей случайностью, дали бы разницу с той же точностью.
compare-read-pairs = Можно ли отличить сценарии, проверяется для всех пар сразу: парными критериями с поправкой Холма. Если различий нет, какая-либо пара будет признана различной с вероятностью не более { $level }.

compare-caption = { $runs } · зерно { $seed } · { $what }
compare-caption-means = линии: среднее по прогонам, день за днём
compare-caption-means-and-bands = линии: среднее по прогонам, день за днём; полосы: средние 90 % прогонов (от 5 % до 95 %)
compare-caption-differences = линии: среднее разниц прогон за прогоном; полосы: его 95 %‑й интервал
compare-caption-interval = столбцы: средние по прогонам; отрезки: их 95 %‑е интервалы
compare-axis-days = Дней с начала
compare-axis-up-to-day = { $label }, к концу каждого дня
compare-axis-difference = { $label }, разница с базой
compare-axis-customers = Клиенты
compare-axis-cost = Затраты на вознаграждения на одного дополнительного клиента
compare-axis-roi = Дополнительная прибыль на единицу затрат программы
compare-axis-payback = Дополнительная прибыль, к концу каждого дня
compare-chart-difference = { $label }: разница с «{ $baseline }»
compare-chart-incremental = Клиенты, которых программа добавила и которые ей приписаны
compare-chart-cost = Сколько стоит дополнительный клиент
compare-chart-roi = Рентабельность каждой программы
compare-chart-payback = Когда программа окупается
compare-attributed = приписано
compare-incremental = добавлено
compare-payback-day = окупилась на { $day }-й день

compare-kind = Сравнение Tellwave
compare-section-result = Кто впереди
compare-section-days = День за днём
compare-section-programmes = Программы и что каждая добавляет
compare-section-numbers = Числа
compare-section-differences = Чем отличаются сценарии
compare-section-assumptions = Допущения
compare-section-reading = Как это читать
compare-section-again = Как получить эти числа снова
compare-nobody-is-rewarded = никто не получает вознаграждения
compare-terms-of = { $name }:
compare-programmes-about = Что добавляет каждая программа: её прогоны за вычетом тех же прогонов без неё при той же случайности. Интервалы — 95 %‑е интервалы средних.
compare-day = { $day }-й день
compare-day-unsure = в среднем день { $day }, но окупаемость не установлена
compare-not-by-the-end = не до конца
compare-payback = Окупилась
compare-payback-meaning = с какого дня программа в среднем окупилась
compare-numbers-about = Средние по прогонам. Под каждым названием сказано, что это такое и как оно называется в summary.json и runs.parquet: проекция событий, которая его считает.
compare-no-key-differs = Ни один ключ не отличается.
compare-key = Параметр
compare-value = Значение
compare-from = Откуда
compare-what = Что
compare-assumptions-about = Все параметры сценария «{ $name }», кем они заданы и на чём основано значение, которого сценарий сам не дал.
compare-read-model = Интервалы говорят, насколько точно по такому числу прогонов известны средние. Они не говорят, насколько хорошо сценарии описывают ваш рынок: это зависит от допущений выше.
compare-again-about = В папке этого отчёта:
compare-events-about = Что произошло в прогоне, событие за событием:
compare-seed = Зерно
compare-runs-of-each = Прогонов каждого
compare-random-numbers = Случайные числа

compare-section-what-if = Что изменило бы вывод
what-if-about = «{ $first }» минус «{ $other }», { $label }: при нынешних допущениях { $base }. Каждое допущение сдвигается по своему опубликованному диапазону, по одному, в обоих сценариях, при той же случайности (прогонов каждого: { $runs }). Несколько ошибочных допущений вместе могут сделать больше. То, что сценарий задаёт сам — цены, расходы, как долго остаются клиенты, — не меняется.
what-if-never = Ни одно допущение, сдвинутое в одиночку по своему опубликованному диапазону, не выводит вперёд «{ $other }».
what-if-flip-below = «{ $first }» уступит сценарию «{ $other }», если ниже примерно { $at } окажется { $key } (сейчас { $now }).
what-if-flip-above = «{ $first }» уступит сценарию «{ $other }», если выше примерно { $at } окажется { $key } (сейчас { $now }).
what-if-shrinks = Если { $key } — { $at } вместо { $now }, от разницы остаётся { $left } (95 %‑й интервал: { $interval }).
what-if-more = Другие такие числа — в разделе «Что изменило бы вывод».
what-if-next = О сценарии «{ $next }», который стоит между ними, здесь не говорится: он может выйти вперёд раньше. Чтобы узнать, где именно, сравните только «{ $first }» и «{ $next }».
what-if-assumption = Допущение
what-if-now = Сейчас
what-if-range = Диапазон
what-if-low = Разница на нижнем конце
what-if-high = Разница на верхнем конце
what-if-flip = «{ $first }» уступает примерно при
what-if-refused = противоречит другим параметрам
what-if-chart = Что изменило бы вывод: «{ $first }» против «{ $other }»
what-if-axis = { $label }, «{ $first }» минус «{ $other }»
what-if-at-low = на нижнем конце диапазона
what-if-at-high = на верхнем конце диапазона
what-if-caption = каждое допущение в одиночку, при той же случайности; линия: сейчас

compare-chart-break-even = Что добавили бы к прибыли большие и меньшие вознаграждения
compare-caption-break-even = все вознаграждения программы умножены, при той же случайности; линии: средние, полосы: их 95 %‑е интервалы
compare-axis-rewards = Вознаграждения, доля от нынешних
compare-axis-added = Дополнительная прибыль
compare-equal-budget = У всех программ был один и тот же бюджет на вознаграждения: { $budget }. Когда он истрачен, вознаграждения кончаются.
compare-caption-budget = у каждой программы бюджет { $budget }

compare-section-actuals = В сравнении с вашими данными
compare-actuals = подсчитано
compare-chart-actuals = { $label }: подсчитано и по сценариям
compare-actuals-about = Подсчитанное рядом со средними сценариев. Близость не доказывает сценарий: другие могут подходить не хуже.
compare-fit-relative = Среднее отклонение, доля
compare-fit-distance = Среднеквадратичное отклонение
compare-fit-within = Дней в полосе 90 % прогонов
compare-fit-days = Дней сравнения

compare-nothing-beats-more = { $label }: ничто не превосходит «{ $first }» — в среднем { $mean }. Ближайший, «{ $other }», хуже на { $by } (95 %‑й интервал: { $interval }).
compare-nothing-beats-less = { $label }: ничто не превосходит «{ $first }» — в среднем { $mean }. У ближайшего, «{ $other }», больше на { $by } (95 %‑й интервал: { $interval }).
compare-with-share = { $value } ({ $share })
compare-ahead-or-equal = Он опережает «{ $other }» в { $share } прогонов и совпадает в { $equal }.
compare-next = Следующий — «{ $next }», отставание { $by } (95 %‑й интервал: { $interval }).
compare-next-unsure = Эти прогоны не позволяют отличить его от следующих: { $others }.
compare-name-and-difference = { $name } ({ $difference })
compare-ahead-of-baseline = Лучше, чем «{ $baseline }», также: { $others }.
compare-behind-baseline = Хуже, чем «{ $baseline }»: { $others }.
compare-like-baseline = Не отличить от «{ $baseline }»: { $others }.
compare-spread = 5–95 % прогонов
compare-credibility = Тому, кому платят за слово, могут не доверять, и сценарии различаются этим допущением (credibility_loss): { $shares }. Чтобы сравнить только вознаграждения, задайте всем одно и то же.
compare-denied = Осторожно: обещанные, но не выплаченные из-за исчерпанного бюджета вознаграждения, в среднем: { $denied }. Модель предполагает, что это никого не обижает. В жизни обижает, и программы, нарушающие больше всего обещаний, выглядят здесь лучше, чем они есть.
what-if-not-varied = Не сдвигались ещё допущения сценария «{ $first }», для которых диапазон не опубликован (их { $count }); они стоят в разделе «Допущения» с пометкой.

key-persuasion = вероятность, что слово убедит
key-invitation = вероятность, что приглашение с кодом убедит
key-positive = число людей, которым рассказывает довольный клиент
key-negative = число людей, которым рассказывает недовольный клиент
key-unasked = доля довольных клиентов, рекомендующих без просьбы
key-willing = доля довольных клиентов, готовых рекомендовать
key-posts-trust = доля верящих отзывам незнакомых
key-funnel-purchase = доля зарегистрировавшихся, которые покупают
key-discount-rate = ставка дисконтирования
key-referred-churn = коэффициент ухода приведённых клиентов
key-loyalty-churn = коэффициент ухода рекомендующих
key-face-to-face-trust = доля верящих знакомым
key-lift = подъём от большого вознаграждения
key-credibility-loss = потеря доверия к оплаченному слову

what-if-undecided = При нынешних допущениях эти прогоны не отличают «{ $first }» от «{ $other }»; поэтому порядок легко изменить.

compare-means-precise = { $label }: каждое среднее известно с точностью до { $reached } от него самого; требовалось { $asked }.
compare-means-imprecise = { $label }: средние известны с точностью до { $reached } от них самих, а не { $asked }: сыграно наибольшее число прогонов (--most-runs).
