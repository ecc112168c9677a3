# tellwave compare

compare-without-programme = 无奖励计划
compare-head = { $names } · 同一运气下比较 · { $runs } · 种子 { $seed }
compare-runs-each = 各 { $text } 次模拟
compare-means-of-each = 各方案的均值：

compare-answer-same = { $label }：没有差异。每次模拟的结果都相同，平均 { $mean }。
compare-answer-same-in-one-run = { $label }：没有差异，均为 { $mean }。
compare-answer-one-run = { $label }：这次模拟中“{ $first }”领先，为 { $mean }。单次模拟只是个例，请增加模拟次数。
compare-answer-unsure = { $label }：“{ $first }”平均 { $mean }，排在首位，但这些模拟无法将其与以下方案区分开：{ $others }。
compare-answer-more = { $label }：“{ $first }”排在首位，平均 { $mean }，比“{ $other }”多 { $by }（95% 区间：{ $interval }）。
compare-answer-less = { $label }：“{ $first }”排在首位，平均 { $mean }，比“{ $other }”少 { $by }（95% 区间：{ $interval }）。
compare-ahead = 它在 { $share } 的模拟中领先于“{ $other }”。
compare-ahead-in-every-run = 它在每次模拟中都领先于“{ $other }”。
compare-share-over = 超过 { $share }
compare-share-under = 不到 { $share }

compare-from-baseline = 与基准之差
compare-baseline = 基准
compare-interval = 差值的 95% 区间
compare-better-in = 领先于基准的模拟
compare-unpaired = 非配对所需次数
compare-alike = 无法区分于

compare-precise = { $label }：每个差值的误差不超过“{ $baseline }”均值的 { $reached }；要求为 { $asked }。
compare-imprecise = { $label }：差值的误差为“{ $baseline }”均值的 { $reached }，未达到 { $asked }：已达到模拟次数上限（--most-runs）。
compare-precision-unknown = 单次模拟无法说明精度（--most-runs）。
compare-gain = 在同一运气下配对，各模拟 { $runs } 次所知相当于各非配对模拟 { $unpaired } 次（{ $times } 倍）。
compare-stopped = 部分模拟在 stop_at_customers 处停止（{ $runs }）：其总数只是下限，因此差值未知。
compare-nothing = 无
compare-key-differs = { $key } 为 { $after }，而非 { $before }
compare-more-keys-differ = 另有 { $text } 个键不同
compare-beside-the-programme = “{ $name }”与“{ $first }”的差别不止奖励计划：{ $keys }。

compare-read-differences = 差值是与基准之差，在同一运气下逐次模拟相减得到。其 95% 区间说明从这么多次模拟中平均差值被估计得有多精确，并已按各次模拟的偏度修正；单次模拟（也就是您的某一年）可能的结果，介于“5–95% 的模拟”两端之间。
compare-read-unpaired = 非配对所需次数：若各方案用各自独立的运气，需各模拟多少次才能同样精确地得知差值。
compare-read-pairs = 能否区分是对所有方案两两同时检验的：采用配对检验，并以霍尔姆方法校正；若各方案实际无差异，误判其中任意两个有别的概率不超过 { $level }。

compare-caption = { $runs } · 种子 { $seed } · { $what }
compare-caption-means = 线：各次模拟逐日的均值
compare-caption-means-and-bands = 线：各次模拟逐日的均值；色带：居中 90% 的模拟（5% 至 95%）
compare-caption-differences = 线：逐次模拟差值的均值；色带：其 95% 区间
compare-caption-interval = 条形：各次模拟的均值；须线：其 95% 区间
compare-axis-days = 开始后的天数
compare-axis-up-to-day = { $label }（截至当日累计）
compare-axis-difference = { $label }，与基准之差
compare-axis-customers = 客户
compare-axis-cost = 每位增量客户的奖励成本
compare-axis-roi = 每单位计划支出带来的增量利润
compare-axis-payback = 增量利润（截至当日累计）
compare-chart-difference = { $label }：与“{ $baseline }”之差
compare-chart-incremental = 各计划的增量客户与归因客户
compare-chart-cost = 每增加一位客户的成本
compare-chart-roi = 各计划的投资回报率
compare-chart-payback = 各计划何时回本
compare-attributed = 归因
compare-incremental = 增量
compare-payback-day = 第 { $day } 天回本

compare-kind = Tellwave 方案比较
compare-section-result = 谁排在首位
compare-section-days = 逐日变化
compare-section-programmes = 各计划及其贡献
compare-section-numbers = 各项数值
compare-section-differences = 各方案的差别
compare-section-assumptions = 假设
compare-section-reading = 如何阅读
compare-section-again = 如何重现这些数值
compare-nobody-is-rewarded = 没有人获得奖励
compare-terms-of = { $name }：
compare-programmes-about = 各计划的贡献：在同一运气下，有计划的模拟减去无计划的同一模拟。区间为均值的 95% 区间。
compare-day = 第 { $day } 天
compare-not-by-the-end = 期末仍未回本
compare-payback = 回本时间
compare-payback-meaning = 平均而言，该计划从何时起回本
compare-numbers-about = 各次模拟的均值。每个名称下注明其含义，以及它在 summary.json 与 runs.parquet 中的名称，即由事件统计它的投影。
compare-no-key-differs = 没有任何键不同。
compare-key = 设置项
compare-value = 取值
compare-from = 来源
compare-what = 项目
compare-assumptions-about = “{ $name }”的全部设置项、由谁给出，以及方案未自行给出的取值的依据。
compare-read-model = 区间说明从这么多次模拟中均值被估计得有多精确，并不说明方案对您的市场描述得有多好：后者取决于上述假设。
compare-again-about = 在本报告所在的文件夹中运行：
compare-events-about = 查看某次模拟中逐个发生的事件：
compare-seed = 种子
compare-runs-of-each = 各方案模拟次数
compare-random-numbers = 随机数

compare-section-what-if = 什么会改变结论
what-if-about = “{ $first }”减“{ $other }”，{ $label }：现状下为 { $base }。每次只移动一个假设，在其公布的范围内、两个方案同时移动，且运气相同（各 { $runs } 次模拟）。若多个假设同时有误，影响可能更大。
what-if-never = 任何单一假设在其公布的范围内移动，都不会使“{ $other }”领先。
what-if-flip-below = 若 { $key } 低于 { $at }（现为 { $now }），“{ $other }”将领先。
what-if-flip-above = 若 { $key } 高于 { $at }（现为 { $now }），“{ $other }”将领先。
what-if-assumption = 假设
what-if-now = 现值
what-if-range = 范围
what-if-low = 低端处的差值
what-if-high = 高端处的差值
what-if-flip = 排名翻转处
what-if-refused = 与其他设置矛盾
what-if-chart = 什么会改变结论：“{ $first }”对“{ $other }”
what-if-axis = { $label }，“{ $first }”减“{ $other }”
what-if-at-low = 范围低端
what-if-at-high = 范围高端
what-if-caption = 每次移动一个假设，运气相同；竖线：现状

compare-chart-break-even = 奖励加大或减小时对利润的影响
compare-caption-break-even = 计划中的所有奖励按倍数变化，运气相同；线：均值，色带：其 95% 区间
compare-axis-rewards = 奖励（占现有奖励的比例）
compare-axis-added = 增量利润
compare-equal-budget = 各计划的奖励预算相同：{ $budget }。奖励花费达到该数额即停止；模型假设未拿到承诺奖励的人并不介意。

compare-section-actuals = 与您的实际数据对照
compare-actuals = 实际
compare-chart-actuals = { $label }：实际与各方案
compare-actuals-about = 实际数据与各方案均值的对照。拟合得好并不能证明方案正确：其他方案也可能同样吻合。
compare-fit-relative = 平均偏差（比例）
compare-fit-distance = 均方根偏差
compare-fit-within = 落在 90% 模拟色带内的天数
compare-fit-days = 对照天数

compare-nothing-beats-more = { $label }：没有方案胜过“{ $first }”，其平均为 { $mean }。最接近的“{ $other }”少 { $by }（95% 区间：{ $interval }）。
compare-nothing-beats-less = { $label }：没有方案胜过“{ $first }”，其平均为 { $mean }。最接近的“{ $other }”多 { $by }（95% 区间：{ $interval }）。
compare-with-share = { $value }（{ $share }）
compare-ahead-or-equal = 它在 { $share } 的模拟中领先于“{ $other }”，在 { $equal } 的模拟中相同。
compare-next = 其次是“{ $next }”，落后 { $by }（95% 区间：{ $interval }）。
compare-next-unsure = 这些模拟无法将其与以下方案区分开：{ $others }。
compare-name-and-difference = { $name }（{ $difference }）
compare-ahead-of-baseline = 同样优于“{ $baseline }”：{ $others }。
compare-behind-baseline = 不如“{ $baseline }”：{ $others }。
compare-like-baseline = 无法与“{ $baseline }”区分：{ $others }。
compare-spread = 5–95% 的模拟
compare-credibility = 因推荐而获得报酬的人可能受到怀疑，各方案在这一假设（credibility_loss）上不同：{ $shares }。若只想比较奖励，请让各方案取值相同。
compare-denied = 因预算用尽而承诺未付的奖励，平均：{ $denied }。
what-if-not-varied = 另有“{ $first }”的 { $count } 个假设因没有公布范围而未变动；它们列在“假设”一节，并带有标记。

key-persuasion = 一次口碑说服人的概率
key-invitation = 带推荐码的邀请说服人的概率
key-positive = 满意客户告诉的人数
key-negative = 不满意客户告诉的人数
key-unasked = 未经邀请即推荐的满意客户比例
key-willing = 愿意推荐的满意客户比例
key-posts-trust = 信任陌生人评论的比例
key-funnel-purchase = 注册者中购买的比例
key-discount-rate = 折现率
key-referred-churn = 被推荐客户的流失系数
key-loyalty-churn = 推荐者的流失系数
key-face-to-face-trust = 信任熟人的比例
key-lift = 高额奖励的最大提升
key-credibility-loss = 有偿口碑的可信度损失

what-if-undecided = 现状下，这些模拟无法区分“{ $first }”与“{ $other }”，因此谁领先很容易改变。

compare-means-precise = { $label }：每个均值的误差不超过其自身的 { $reached }；要求为 { $asked }。
compare-means-imprecise = { $label }：均值的误差为其自身的 { $reached }，未达到 { $asked }：已达到模拟次数上限（--most-runs）。
