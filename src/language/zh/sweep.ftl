# tellwave sweep

sweep-takes-off = 达到 { $share } 的模拟
sweep-takes-off-meaning = 至少 { $share } 的人成为客户的模拟所占比例
sweep-days-to = 达到 { $share } 所需天数
sweep-days-to-meaning = 到 { $share } 的人成为客户为止的天数，仅计在期限内达到的模拟

sweep-kind = Tellwave 参数扫描
sweep-section-best = 哪些单元最好
sweep-section-factors = 哪些因素重要
sweep-section-responses = 逐个因素
sweep-section-take-off = 在哪里起飞
sweep-section-front = 同时看两个指标
sweep-section-regression = 最小二乘
sweep-section-numbers = 所有指标
sweep-section-cells = 改变了什么

sweep-answer-nothing = 没有任何单元有“{ $label }”的数值，因此无可说明。
sweep-answer-flat = { $label }：在每个单元中都是 { $mean }，所改变的因素都不影响它。
sweep-answer-best = { $label }：最好的是 { $cell }，平均 { $mean }（95% 区间：{ $interval }）。
sweep-answer-best-alone = { $label }：最好的是 { $cell }，平均 { $mean }。
sweep-answer-one-run = 每个单元只模拟了一次。单次模拟只是个例：单元之间的差异可能只是运气。
sweep-answer-paired = 在同一运气下逐次比较
sweep-answer-unpaired = 按均值比较
sweep-answer-tie = 另有 { $text } 个单元的均值与它完全相同。
sweep-after = { $one }{ $other }
sweep-answer-clear = 其他单元都更差（{ $how }）。
sweep-answer-all-alike = 这些模拟无法将任何其他单元与它区分开（{ $how }）。
sweep-answer-alike = 另有 { $text } 个单元无法与它区分开（{ $how }）。它们都在以下范围内：{ $ranges }。
sweep-or = { " 或 " }
sweep-comma = { "、" }
sweep-semicolon = { "；" }
sweep-answer-variance = { $label }：单元之间的差异来自 { $shares }，以及两个因素共同作用（超出各自单独作用的部分）{ $pairs }。
sweep-answer-sobol = { $label }：{ $factor } 最重要，方差的 { $first } 单独来自它，{ $total } 来自它单独或与其他因素共同的作用。
sweep-answer-sobol-alike = { $label }：方差中与 { $factor } 有关的部分最大，{ $first } 单独来自它，{ $total } 来自它单独或与其他因素共同的作用；凭这些行无法将它与 { $others } 区分开。
sweep-answer-morris = { $label }：{ $factor } 最重要，在其整个范围内平均带来 { $by } 的变化（或增或减）。
sweep-answer-swing = { $label }：最大的变化来自 { $factor } = { $level } 而不是 { $from }：{ $by }。
sweep-answer-fit = { $label }：最大的变化与 { $term } 相伴，它每增加一个自身的标准差，结果变化 { $value } 个自身的标准差。直线解释了方差的 { $explained }。
sweep-answer-fit-level = { $label }：最大的变化与 { $term }（而不是 { $from }）相伴：其他因素不变时为 { $by }。直线解释了方差的 { $explained }。
sweep-answer-gaps = { $all } 个单元中只完成了 { $text } 个：以下只针对这些单元，最好的可能在其余单元之中。

sweep-takes-off-at = { $factor } = { $at }（95% 区间：{ $interval }）
sweep-takes-off-at-line = { $line } 时 { $factor } = { $at }（95% 区间：{ $interval }）
sweep-takes-off-everywhere = { $label }：处处高于一半。
sweep-takes-off-nowhere = { $label }：处处低于一半。
sweep-takes-off-head = { $label }：在以下取值处占到一半：{ $lines }。
sweep-takes-off-range = { $label }：在 { $factor } = { $range } 处越过一半，视 { $by } 而定。
sweep-all-cells = 所有单元
sweep-from = 从 { $end } 起
sweep-up-to = 至 { $end }
sweep-anywhere = 未知
sweep-and-more = { $some } 以及另外 { $text } 个

sweep-caption = { $name } · { $cells } · { $runs } · 种子 { $seed } · { $what }
sweep-cells = { $text } 个单元
sweep-runs-each = 各 { $text } 次模拟
sweep-caption-averaged = 对 { $factors } 的所有取值取平均
sweep-caption-best = 条形：各次模拟的均值；须线：其 95% 区间
sweep-caption-best-values = 各行：{ $factors }
sweep-caption-best-some = 可能最好的 { $all } 个单元中的 { $shown } 个
sweep-caption-cells = 颜色：各次模拟的均值
sweep-caption-phase = 颜色：模拟所占比例
sweep-caption-lines = 线：各次模拟的均值
sweep-caption-lines-and-bands = 线：各次模拟的均值；带：其 95% 区间
sweep-caption-groups = 线：相邻单元分组的均值；带：其 95% 区间
sweep-caption-variance = 条形：占所有单元平方和的比例
sweep-caption-coefficients = 条形：标准化系数；须线：其 95% 区间
sweep-caption-swings = 每次只改变一个因素；竖线：所有因素取第一个值
sweep-caption-sobol = 须线：对行自助抽样得到的 95% 区间
sweep-caption-morris = 须线：μ* 在各轨迹上的 95% 区间
sweep-caption-front = 点：各次模拟的均值
sweep-caption-some-dots = 前沿以外的点每 { $every } 个画一个

sweep-chart-best = { $label }：最好的单元
sweep-chart-surface = { $label }，随 { $across } 与 { $up } 的变化
sweep-chart-response = { $label }，随 { $factor } 的变化
sweep-chart-variance = { $label }：单元之间的差异来自何处
sweep-chart-coefficients = { $label }：与什么相伴
sweep-chart-swings = { $label }：每个因素单独的作用
sweep-chart-sobol = { $label }：方差来自何处
sweep-chart-morris = { $label }：每个因素能改变多少
sweep-chart-phase = 在哪里起飞：{ $label }
sweep-chart-front = { $first } 与 { $second }
sweep-axis-variance = 占单元之间方差的比例
sweep-axis-coefficients = 因素每变化一个标准差，结果变化的标准差数
sweep-axis-sobol = 占方差的比例
sweep-axis-morris = { $label }，在因素整个范围内的变化
sweep-together = { $a } 与 { $b } 共同
sweep-below-base = 低于起点，取旁边的值时
sweep-above-base = 高于起点，取旁边的值时
sweep-border-of-zero = 低于 0 的边界
sweep-border-of-half = 半数模拟的边界
sweep-among-the-best = 最好，或无法与之区分
sweep-off-front = 其他单元
sweep-on-front = 前沿
sweep-first = 单独（一阶）
sweep-total = 单独及与其他因素共同（总）

sweep-reading-map = 每一格是一个单元。圆圈标出最好的单元，以及这些模拟无法与之区分的单元。
sweep-reading-map-averaged = 每一格是所有具有这两个取值的单元的均值。
sweep-reading-variance = 每个因素单独解释单元之间差异的多少，以及两个因素共同作用超出的部分。这只对所模拟的取值成立：改变得越多的因素，解释得也越多。
sweep-reading-coefficients = 其他因素不变时，该因素每变化一个标准差，结果变化多少个标准差。若一个因素的作用是弯曲的而不是直线的，它的条形会很短。
sweep-reading-swings = 竖线处所有因素都取第一个值；每个条形延伸到单个因素所能达到之处。几个因素共同的作用在此看不到。
sweep-reading-sobol = 一阶指数是若知道该因素，方差平均会减少的部分；总指数是若知道其他所有因素，方差仍会剩下的部分。两者之差，是该因素与其他因素共同的作用。
sweep-reading-morris = μ* 是因素走遍整个范围时结果变化的大小，不论增减；σ 是这一变化在多大程度上取决于所处的位置。若 σ 与 μ* 相比很大，说明该因素的作用是弯曲的，或与其他因素共同起作用。
sweep-reading-lines = 带不重叠之处，单凭运气不能解释其差异。重叠之处也可能有差异，因为所有单元的运气相同。其他因素取了平均，或每个取值各有一条线。
sweep-reading-lines-alone = 带不重叠之处，单凭运气不能解释其差异。重叠之处也可能有差异，因为所有单元的运气相同。其他因素保持第一个值。
sweep-reading-phase = 越过边界，多数模拟能够达到；未越过时多数会消亡。在边界附近，微小的变化就能决定结果。

sweep-cell = 单元
sweep-cell-number = 单元 { $cell }
sweep-difference-from-best = 与最好者之差
sweep-verdict = 判断
sweep-best = 最好
sweep-alike = 无法与之区分
sweep-worse = 更差
sweep-best-listed = 列出了可能最好的 { $alike_text } 个单元；全部 { $all } 个在 best-cells.csv 中。
sweep-best-listed-some = 可能最好的单元有 { $alike } 个，列出了其中前 { $shown } 个；全部 { $all } 个在 best-cells.csv 中。
sweep-best-listed-more = 列出了可能最好的 { $alike_text } 个单元，以及其后的 { $next } 个；全部 { $all } 个在 best-cells.csv 中。
sweep-best-about-paired = 单元之间逐次比较，因为第 1 次模拟在每个单元中的运气都相同。区间包含 0 表示无法区分。对所有单元合起来以 95% 的把握：最好的单元在无法与第一个区分的单元之中。
sweep-best-about-means = 单元按均值比较，如同各有各的运气。若设 [keep] runs = true，则逐次比较，用更少的模拟就能区分更多。对所有单元合起来以 95% 的把握：最好的单元在无法与第一个区分的单元之中。
sweep-best-about-some-runs = 单元按均值比较，如同各有各的运气：并非每次模拟都有这一指标的数值，因此无法逐次比较。对所有单元合起来以 95% 的把握：最好的单元在无法与第一个区分的单元之中。
sweep-best-of-few-runs = 有 { $text } 个单元中不到一半的模拟有数值；其均值只依据这些模拟，不代表其余模拟。

sweep-factor = 因素
sweep-level = 取值
sweep-cells-there = 单元数
sweep-levels-about = 具有该取值的所有单元的均值，不论其他因素如何。区间说明运气留下的不确定性，而不是其他因素的影响。
sweep-levels-more = 列出了 { $all } 个取值中的 { $shown } 个。
sweep-variance-about = 其余部分占方差的 { $rest }，来自三个及以上因素的共同作用和运气。
sweep-variance-about-two = 运气的作用包含在两个因素共同作用之中。
sweep-change = 变化
sweep-difference-from-base = 与起点之差
sweep-swings-about = 起点是 { $base }，为 { $mean }。每一行只改变其中一个因素。
sweep-sobol-about = 按 Saltelli 的 { $rows } 行设计。由于偶然，指数可能略微超出 0 到 100%。均值中残留的运气被计为交互作用。
sweep-morris-about = μ* 是基本效应大小的均值，μ 是带符号的均值，σ 是其标准差；均以因素的整个范围计。
sweep-shares-missing = 缺少 { $text } 个单元。指数依据设计的所有点，因此不给出。继续扫描后即可得到。
sweep-shares-flat = 结果变化太小，或有数值的单元太少，无法给出指数。

sweep-fit-about = { $label }：对所有因素作直线拟合（普通最小二乘；{ $text } 个单元，每个为一次观测）。有名称的取值在取用时为 1，否则为 0，与第一个取值相比。
sweep-instead-of = 而不是 { $from }
sweep-fit-explained = R² = { $r }；按项数校正后为 { $adjusted }。
sweep-fit-collinear = 无法拟合：{ $column } 可由 { $others } 推出，因此各自的作用无法区分。
sweep-fit-too-few = 无法拟合：{ $text } 个单元不足以确定 { $coefficients } 个系数。
sweep-fit-flat = 无法拟合：变化太小。
sweep-term = 项
sweep-coefficient = 系数
sweep-error = 标准误
sweep-standardised = 标准化
sweep-intercept = 截距

sweep-line = 线
sweep-half-at = 半数模拟达到时 { $factor } =
sweep-interval = 95% 区间
sweep-always = 处处高于一半
sweep-never = 处处低于一半
sweep-phase-about = 两个取值之间视为直线。区间是一半位于各比例 95% 区间之内的那一段；若到达所模拟范围的尽头，则该侧是开放的。
sweep-front-about = 前沿上的单元，没有其他单元能在一个指标上胜过它而不在另一个指标上落败。选取其中哪一个，不是数字能决定的。前沿依据均值：在其附近，可能由运气决定。
sweep-front-listed = 列出了前沿上 { $all } 个单元中的 { $shown } 个。
sweep-metrics-about = 每个指标最小和最大的单元。名称下面是其含义，以及它在 results.csv 中的名称。
sweep-metric = 指标
sweep-least = 最小
sweep-greatest = 最大

sweep-levels = 取值数
sweep-values = 取值
sweep-a-law = 任意数
sweep-a-law-of-whole = 任意整数
sweep-uniform = { $from } 到 { $to } 之间的数机会均等
sweep-uniform-of-whole = { $from } 到 { $to } 之间的整数机会均等
sweep-log-uniform = { $from } 到 { $to } 之间的比率机会均等
sweep-triangular = { $from } 到 { $to }，最可能为 { $mode }
sweep-normal = 正态，均值 { $mean }，标准差 { $deviation }
sweep-design = 设计
sweep-design-grid = 网格：所有组合
sweep-design-one-at-a-time = 每次改变一个因素
sweep-design-latin-hypercube = { $points } 个点的拉丁超立方（McKay, Beckman & Conover 1979）
sweep-design-sobol = Sobol 指数，{ $rows } 行（Saltelli et al. 2010）
sweep-design-morris = 筛选，{ $trajectories } 条轨迹，{ $levels } 个水平（Morris 1991）
sweep-design-list = 列出的单元
sweep-name = 扫描
sweep-base = 基础方案
sweep-cells-played = 单元
sweep-some-of = { $all } 个中的 { $some } 个
sweep-constraints = 约束
sweep-left-out = 不满足约束的点
sweep-missing = 缺少的单元
sweep-plan-digest = 计划，SHA-256
sweep-engine-results = 引擎结果的版本
sweep-again-about = 本报告旁边的 plan.json 包含整个计划。计划摘要相同的扫描文件，在任意线程数下都给出相同的数字。要单独模拟其中一个单元并查看其中发生了什么：
sweep-read-luck = 第 1 次模拟在每个单元中的运气相同，其他各次也是如此：单元之间相差多少，比每个单元本身的结果知道得更准。
sweep-read-many = 数字一多，总有一些因偶然而偏大。单个单元的区间只对该单元成立；对最好单元的判断对所有单元合起来成立。
sweep-read-model = 区间说明由这么多次模拟得到的均值有多精确，而不说明基础方案在多大程度上描述了您的市场。
