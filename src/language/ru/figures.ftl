# Графики и картинки прогонов, прослушанных подробно: подписи, оси, метки и как их читать.

figure-caption = { $scenario } · { $runs } · зерно { $seed } · { $what }
figure-caption-alone = { $scenario } · { $runs } · зерно { $seed }
figure-first-runs = первые прогоны: { $heard } из { $runs }
figure-says-together = все эти прогоны вместе
figure-says-together-and-band = линия: все эти прогоны вместе; полоса: средние 90 % из них (от 5 % до 95 %)
figure-says-mean-and-band = линия: среднее этих прогонов; полоса: средние 90 % из них (от 5 % до 95 %)
figure-says-layers = среднее этих прогонов
figure-says-whiskers = столбцы: среднее этих прогонов; усы: средние 90 % из них (от 5 % до 95 %)
figure-says-cascades = все каскады этих прогонов; каскад — клиент, пришедший не по рекомендации, и все, кто пришёл через него
figure-says-degrees = все люди графа; для тех, кому некому рассказать, точки нет
figure-says-both = { $one }; { $other }

figure-says-counted = точки: подсчитанное
figure-says-incremental = столбцы: средние по прогонам; отрезки, где они есть: 95 %-е интервалы
figure-says-no-difference = более тонкая линия на 0: нет разницы
figure-some-scenarios = сценариев показано { $shown } из { $all }: первые по порядку и базовый
figure-some-others = сценариев кроме базового показано { $shown } из { $all }: первые по порядку
figure-some-programmes = программ показано { $shown } из { $all }: первые по порядку
figure-axis-without-zero = ось начинается не с 0
figure-up-to-each-day = { $label } к концу каждого дня

figure-funnel = Как далеко доходят люди
figure-funnel-reading = Столбец — люди, сделавшие этот шаг к концу прогона. Шаг не всегда часть предыдущего: первые клиенты были и до того, как им кто-то рассказал.
figure-funnel-people = Люди
figure-funnel-reached = Услышали
figure-funnel-landed = Пришли посмотреть
figure-funnel-signed-up = Согласились
figure-funnel-customers = Клиенты
figure-funnel-participants = Участвовали в программе
figure-funnel-advocates = Привели клиента по коду

figure-acquisition = Как приходят клиенты
figure-acquisition-reading = Слой — клиенты, пришедшие одним путём; верхний край — все клиенты.
figure-way-seed = Первые клиенты
figure-way-advertising = Реклама
figure-way-influencer = Блогеры
figure-way-review = Отзывы
figure-way-word = По рекомендации друга
figure-way-credited = По рекомендации, засчитано программе

figure-reproduction-by-generation = Сколько клиентов приводит каждый клиент, по поколениям
figure-reproduction-by-generation-reading = Выше пунктира каждое поколение больше предыдущего, и молва распространяется сама; ниже она лишь добавляет к тому, что привлечено иначе.
figure-reproduction-by-day = Сколько клиентов приводит каждый клиент, по дню покупки
figure-reproduction-by-day-reading = Точка — клиенты одной недели: сколько других привёл потом каждый из них. Ниже пунктира каждый приводит меньше одного.
figure-reproduction-axis = R: сколько клиентов приводит каждый клиент
figure-reproduction-label = R
figure-reproduction-one = один к одному
figure-generation = Поколение; 0 — клиенты, пришедшие не по рекомендации
figure-day-of-purchase = День первой покупки и шесть дней до него
figure-generations-left-out = последнее поколение и те, в которых клиентов во всех прогонах вместе меньше { $fewest }, не показаны
figure-weeks-left-out = недели, в которых таких клиентов во всех прогонах вместе меньше { $fewest }, не показаны
figure-days-left-out = дни начиная с { $day } не показаны: покупателям не хватило времени привести всех, кого они приведут

figure-cascade-size = Насколько велики каскады
figure-cascade-size-reading = Точка на 10 человек и 2 % означает: в двух каскадах из ста десять клиентов или больше.
figure-cascade-size-axis = Клиентов в каскаде, не меньше
figure-cascade-depth = Насколько глубоки каскады
figure-cascade-depth-reading = Точка на 3 поколения и 2 % означает: в двух каскадах из ста молва прошла от клиента к клиенту не меньше трёх раз.
figure-cascade-depth-axis = Поколений после первого клиента, не меньше
figure-cascades-axis = Доля всех каскадов

figure-degrees = Сколько у людей друзей
figure-degrees-reading = Точка на 50 друзей и 2 % означает: двое из ста могут рассказать пятидесяти другим или больше.
figure-degrees-axis = Друзей, которым человек может рассказать, не меньше
figure-degrees-share = Доля всех людей

figure-sentiment = Что говорят: хорошее минус плохое
figure-sentiment-reading = При 100 % всё сказанное до сих пор — за продукт, при 0 % против него сказано столько же, сколько за, ниже нуля — больше.
figure-sentiment-axis = Хорошее минус плохое, доля всего сказанного
figure-sentiment-label = Сказанное
figure-nps = Что думают клиенты: индекс NPS
figure-nps-reading = Доля клиентов, готовых рекомендовать (9 или 10 из 10), минус доля не готовых (от 0 до 6), в процентах: 100 — лучше всего, −100 — хуже всего.
figure-nps-axis = NPS всех клиентов к этому дню
figure-nps-label = NPS

figure-liability = Сколько должны по вознаграждениям
figure-liability-reading = Во что обойдётся, если будут погашены все вознаграждения, которые начислены и не погашены и не истекли.
figure-liability-axis = { $currency }, долг на конец дня
figure-liability-label = Долг
figure-budget = Какая часть бюджета израсходована
figure-budget-reading = Стоимость вознаграждений, начисленных или удержанных, как доля бюджета программы; когда он исчерпан, вознаграждения больше не начисляются.
figure-budget-axis = Доля бюджета
figure-budget-label = Израсходовано

figure-section = Подробнее
figure-section-about = Первые прогоны ({ $heard }), прослушанные подробно: кто как пришёл, как это распространяется, что говорят и сколько должны. Каждый график есть и в папке, картинкой и таблицей.
figure-section-about-one = Один прогон, прослушанный подробно: кто как пришёл, как это распространяется, что говорят и сколько должны. Каждый график есть и в папке, картинкой и таблицей.

figure-tree = Самый большой каскад прогона { $run }
figure-tree-subtitle = { $scenario }: один клиент и все, кто пришёл через него; их { $people }, поколений { $generations }
figure-tree-reading = Кто кого привёл: строка — клиент, под тем, чьё слово его привело. Длинная ветвь обрезана.
figure-tree-first = Первый клиент
figure-tree-coded = По рекомендации друга, с кодом
figure-tree-more = … и ещё { $number }
figure-tree-person = человек { $number }
figure-tree-day = день
figure-tree-way = как пришёл
figure-tree-revenue = выручка
figure-tree-brought = привёл
figure-tree-brought-in-all = { $directly }, всего { $all }

figure-network = Кто когда купил, прогон { $run }
figure-network-caption = { $scenario } · зерно { $seed } · людей с их связями { $people }, из них купили { $customers }
figure-network-reading = Точка — человек, линия между двумя — связь; цвет говорит, когда он купил. Видно, переходит ли молва от группы к группе или остаётся там, где началась.
figure-network-earliest = Купил в день { $day }
figure-network-latest = день { $day }
figure-network-never = не клиент
figure-network-first = первый клиент
