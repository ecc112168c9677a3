# The report of a run, and what is printed of it

## The head

report-kind = Tellwave 报告
report-page-title = { $title } – Tellwave 报告
report-expected = 预期：
report-fork-question = 如果第 { $day } 天之后实行另一套条款，会怎样？

forked-title = { $name }，第 { $day } 天之后分叉
forked-title-other = { $name }，第 { $day } 天之后：{ $other }

printed-head = { $title } · { $runs } · 种子 { $seed }
run-number = 第 { $number } 号模拟
printed-note = 注意：{ $note }
printed-report = 报告（附各行含义）：{ $path }

## The answer

mean-with-interval = { $mean }（均值的 95% 区间：{ $interval }）

headline-stopped = { $runs } 次模拟中有 { $stopped } 次因达到客户数上限而停止：以下数字偏低。
headline-by-word =
    { $first } 位初始客户通过口碑又带来了 { $more } 位客户{ $known ->
        [yes] （均值的 95% 区间：{ $interval }）
       *[no] {""}
    }，平均每位带来 { $ratio } 位。
headline-by-word-beside-paid =
    并非由口碑带来的 { $first } 位客户（初始客户，以及由付费触达赢得的客户）通过口碑又带来了 { $more } 位客户{ $known ->
        [yes] （均值的 95% 区间：{ $interval }）
       *[no] {""}
    }，平均每位带来 { $ratio } 位。
headline-reach = 平均有 { $mean } 人至少听到过一次口碑；十次模拟中有九次在 { $low } 至 { $high } 之间。
headline-cost = 奖励平均花费 { $cost }。扣除这一切之后的利润为 { $profit }。
headline-cost-and-others = 奖励平均花费 { $cost }，其他成本为 { $others }。扣除这一切之后的利润为 { $profit }。
headline-cost-alone = 奖励平均花费 { $cost }。扣除奖励之后的利润为 { $profit }；这并不是推荐计划带来的增益，因为这些客户中的大多数也许本来就会来。去掉 --no-twin 再运行即可比较。
headline-profit = 平均利润为 { $profit }，包括初始客户。
headline-programme = 与没有推荐计划的相同模拟相比，推荐计划使客户数变化 { $customers }，利润变化 { $profit }。
programme-earns = 平均而言，推荐计划带来的收益超过其成本；十次模拟中有九次，利润变化在 { $low } 至 { $high } 之间。
programme-costs = 平均而言，推荐计划的成本超过其收益；十次模拟中有九次，利润变化在 { $low } 至 { $high } 之间。
programme-unsure = 仅凭这些模拟无法判断推荐计划的收益是否超过成本：十次模拟中有九次，利润变化在 { $low } 至 { $high } 之间；增加模拟次数可判断（--runs）。
headline-attributed = 按推荐码统计，归功于推荐计划的客户为 { $customers } 位。

headline-fork = 第 { $day } 天之后实行另一套条款。
headline-fork-customers = 平均客户数：{ $said }
headline-fork-customers-of-one-run = 本次模拟的客户数：{ $said }
headline-fork-profit = 利润：{ $said }
fork-same = { $new }，与旧条款下相同。
fork-indistinct = { $new }，旧条款下为 { $old }：差异 { $mean } 无法与零区分（95% 区间：{ $interval }）。
fork-more-customers = { $new }，旧条款下为 { $old }：多 { $mean }{ $known ->
        [yes] （95% 区间：{ $interval }）
       *[no] {""}
    }。
fork-fewer-customers = { $new }，旧条款下为 { $old }：少 { $mean }{ $known ->
        [yes] （95% 区间：{ $interval }）
       *[no] {""}
    }。
fork-higher-profit = { $new }，旧条款下为 { $old }：增加 { $mean }{ $known ->
        [yes] （95% 区间：{ $interval }）
       *[no] {""}
    }。
fork-lower-profit = { $new }，旧条款下为 { $old }：减少 { $mean }{ $known ->
        [yes] （95% 区间：{ $interval }）
       *[no] {""}
    }。

## The programme

report-terms = 推荐计划
terms-up-to-day = 截至第 { $day } 天：{ $term }
terms-after-day = 第 { $day } 天之后：{ $term }
nobody-is-rewarded = 不奖励任何人

## What a fork changes

fork-title = 新条款改变了什么
fork-heading = 新条款改变了什么：相同的模拟，到第 { $day } 天结束为止过去相同，此后以相同的随机数分别在旧条款和新条款下进行；各数为全部模拟的均值，按其精度取整，差异逐次模拟计算
fork-heading-of-one-run = 新条款改变了什么：同一次模拟，到第 { $day } 天结束为止过去相同，此后以相同的随机数分别在旧条款和新条款下进行；一次模拟只是个例：请对全部模拟分叉，以了解可以预期什么
fork-about = 相同的模拟，到第 { $day } 天结束为止过去相同，此后以相同的随机数分别在旧条款和新条款下进行；各数为全部模拟的均值，按其精度取整，差异逐次模拟计算。
fork-about-one-run = 同一次模拟，到第 { $day } 天结束为止过去相同，此后以相同的随机数分别在旧条款和新条款下进行；一次模拟只是个例：请对全部模拟分叉，以了解可以预期什么。
fork-no-changes = 第 { $day } 天之后没有条款变化：两种未来相同。
report-fork-no-changes = 没有设置变化，因此两种未来相同。
printed-up-to-day = 截至第 { $day } 天
printed-after-day = 第 { $day } 天之后
report-up-to-day = 截至第 { $day } 天
report-after-it = 此后
printed-old-terms = 旧条款
printed-new-terms = 新条款
printed-difference = 差异
printed-interval-of-it = 其 95% 区间
report-old-terms = 旧条款
report-new-terms = 新条款
report-difference = 差异
report-interval-of-it = 其 95% 区间

## Tables

report-charts = 图表
report-numbers = 数据
report-quantity = 指标
report-mean = 均值
report-interval-of-mean = 均值的 95% 区间
report-median = 中位数
report-band = 模拟的 5–95% 范围
report-ratio = 全部模拟总数之比
report-value = 数值
report-interval = 95% 区间
printed-mean = 均值
printed-interval-of-mean = 均值的 95% 区间
printed-median = 中位数
printed-band = 模拟的 5–95% 范围
printed-mean-or-ratio = 均值或比率
printed-ratio = 比率
printed-interval = 95% 区间

## What the programme adds

programme-title = 推荐计划的增益
programme-heading = 推荐计划的增益：有推荐计划减去没有推荐计划，逐次模拟，随机数相同
programme-about = 有推荐计划减去没有推荐计划，逐次模拟，随机数相同。
customers-without-programme = 没有推荐计划时的客户
profit-without-programme = 没有推荐计划时的利润
ratio-indistinct-from-no-effect = 无法与没有效果区分
ratio-fewer-customers = 客户少于没有推荐计划时
break-even-none = 盈亏平衡：无从谈起，因为推荐计划既不改变客户数，也不改变利润。
break-even-first-day = 盈亏平衡：平均而言，从第一天起。
break-even-day = 盈亏平衡：第 { $day } 天；平均而言，从那时起推荐计划已经回本。
break-even-unsure = 盈亏平衡：平均为第 { $day } 天，但仅凭这些模拟无法判断它究竟是否盈利。
break-even-not = 盈亏平衡：到第 { $day } 天仍未达到。

## What a customer costs and is worth

worth-title = 客户的成本与价值
worth-heading = 客户的成本与价值：按全部客户计算，包括本来就会来的客户
worth-about = 按全部客户计算，包括本来就会来的客户。
ratio-too-few = 数量太少，无法判断

## Where the money went

report-money = 资金去向
report-income = 从收入到利润
report-rewards = 奖励的去向
report-line = 项目
report-money-about = 表中的均值除舍入误差外可以相加；区间的两端来自不同的模拟，不能相加。全部账户见 ledger.csv。

## The graph

report-graph = 关系网络
report-property = 属性
graph-people = 人数
graph-people-meaning = 市场中的所有人
graph-people-of-run = 每次模拟生成各自的网络；这是 0 号模拟的网络
graph-ties = 关系
graph-ties-meaning = 可以彼此推荐的两人组合
graph-ties-directed = 单向关系
graph-ties-directed-meaning = 前者可以向后者推荐的两人组合
graph-friends-mean = 平均好友数
graph-friends-mean-meaning = 一个人有多少好友，对所有人取平均；标准差为 { $sd }
graph-friends-mean-meaning-directed = 一个人可以向多少人推荐，对所有人取平均；标准差为 { $sd }
graph-friends-spread = 好友数，从最少到最多
graph-friends-spread-meaning = 最少、四分位数与中位数、最多
graph-assortativity = 度同配性
graph-assortativity-meaning = 大于 0 表示好友多的人彼此认识，小于 0 表示他们认识好友少的人；取值 −1 至 1（Newman 2002）
graph-clustering = 聚类系数
graph-clustering-meaning = 一个人的好友两两之间彼此认识的比例，对所有人取均值（Watts & Strogatz 1998）
graph-transitivity = 传递性
graph-transitivity-meaning = 同一比例，但对所有这样的好友对合并计算，因此好友多的人权重更大
graph-sampled = 约 { $value }
graph-sampled-meaning = { $meaning }；随机抽取 { $drawn } 个计算
graph-parts = 连通部分
graph-parts-meaning = 各部分之间没有关系相连，口碑无法传过去
graph-largest-part = 最大部分
graph-largest-part-meaning = 最大部分中有 { $people } 人

## Notes

report-notes = 说明
note-stopped = 因 stop_at_customers 而停止的模拟没有进行到底：其总数是下限。
note-stopped-under-old-terms = 旧条款下有 { $stopped } 次模拟因 stop_at_customers 而停止：只要一对中有一次停止，就无法得知新条款改变了什么。
note-stopped-without-programme = 没有推荐计划的模拟中有 { $stopped } 次因 stop_at_customers 而停止：只要一对中有一次停止，就无法得知推荐计划的增益。
note-of-any-runs = 区间表示由这么多次模拟得知的均值有多精确；5–95% 的范围表示单次模拟之间相差多少。两者都不表示本场景在多大程度上描述了您的市场。
note-fork-promises = 在第 { $day } 天之前注册、此后购买的人按新条款获得奖励，其推荐人也一样：此前的承诺不再有效。在此之前已获得的奖励仍按原条款执行。
note-fork-budget = 预算是整个模拟的预算：截至第 { $day } 天的支出计算在内；若已全部用完或超出，新的推荐计划会在它本应支付的第一笔奖励处结束。

## Assumptions

report-assumptions = 假设
report-assumptions-about = 全部设置及其出处，以及场景未自行给出的数值所依据的来源。来源保留其原文。
report-setting = 设置
report-from = 出处
from-command-line = 命令行
from-file = 文件
from-preset = 预设 { $preset }
from-default = 默认
basis-range = { $source }。范围：{ $range }。
basis-marked = { $basis }（{ $mark }）

## How to get it again

report-provenance = 如何重现这些数字
provenance-scenario = 场景的 SHA-256
provenance-seed = 种子
provenance-runs = 模拟次数
provenance-run-alone = 仅第 { $first } 号模拟
provenance-runs-from = { $runs } 次，从第 { $first } 号模拟起
provenance-random-numbers = 随机数
provenance-forked = 分叉
provenance-forked-where = 第 { $day } 天结束时
provenance-scenario-after = 此后场景的 SHA-256

## Charts

caption-of-one-run = { $scenario } · 一次模拟 · 种子 { $seed }
caption = { $scenario } · { $text } 次模拟 · 种子 { $seed } · 线：各次模拟的逐日中位数；带：中间 90% 的模拟（5% 至 95%）
axis-days = 开始后的天数
axis-money = { $currency }，截至当日累计
axis-people = 人数，截至当日累计
axis-customers = 客户，截至当日累计
chart-reach = 触达人数与赢得的客户
chart-reach-reached = 触达
chart-reach-customers = 客户
chart-reach-by-word = 口碑带来
chart-revenue = 收入、奖励成本与利润
chart-revenue-revenue = 收入
chart-revenue-profit = 利润
chart-revenue-reward-cost = 奖励成本
chart-programme = 有推荐计划与没有推荐计划时的客户
chart-programme-without = 没有计划
chart-programme-with = 有计划
chart-fork = 旧条款下的客户，与第 { $day } 天之后新条款下的客户
chart-fork-old = 旧条款
chart-fork-new = 新条款
chart-difference = 第 { $day } 天之后新条款增加的利润
chart-difference-difference = 差异

note-fit = 实际数据与各次模拟的中位数平均相差 {$relative}，{$days} 天中有 {$within} 天落在居中 90% 的模拟之内。
