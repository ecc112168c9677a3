# What is to be said of a scenario

note-unused-value = 预设 { $preset } 的 { $key } 在本场景中未使用
note-replaced-list = 预设 { $weaker } 的 { $key } 被预设 { $stronger } 的同名列表取代：列表不会合并
note-weak-source = 预设 { $preset } 的 { $key } = { $value }：来源薄弱
note-assumption = 预设 { $preset } 的 { $key } = { $value }：假设
note-weak-code = 带码口碑的说服力（{ $coded }）低于不带码的口碑（{ $plain }）：conversion.invitation 低于 conversion.persuasion，因此推荐人赢得的客户更少；设置 participation.unasked = "0 %" 可不用推荐码
note-idle-fraud = [fraud] 没有作用：不奖励任何人，因此作弊无利可图
note-population = telling.audience 为 "population"：网络只说明有哪些人
note-of-file = { $file }：{ $said }
note-kept-graph =
    保存的网络，{ $people } 人，{ $ties } { $kind ->
        [arcs] 条单向关系
       *[ties] 条关系
    }{ $grown ->
        [yes] ；{ $model }
       *[no] {""}
    }{ $sown ->
        [yes] ；种子 { $seed }
       *[no] {""}
    }；摘要 { $digest }…。
note-warning = { $key }：{ $found }；{ $why }

## A list of ties

list-read =
    从 { $lines } 行中读取了 { $people } 人和 { $ties } { $kind ->
        [arcs] 条单向关系
       *[ties] 条关系
    }。
list-names-columns = 首行是各列的名称。
list-promises =
    首行声明有 { $people } 人和 { $ties } { $kind ->
        [arcs] 条单向关系
       *[ties] 条关系
    }；没有关系的人不在列表中。
list-comments = 跳过 { $lines } 行注释。
list-loops = { $lines } 行把一个人与其自身相连；已跳过。
list-repeated = { $lines } 行与其他行重复；已合并。
list-reversed = { $ties } 条关系在两个方向上都有列出；各只算一次。
list-weights-ignored = 第三列未使用。
list-named = 编号保留为名称；人从 0 开始编号。

## What a programme's terms let happen that nobody means: what was found, and why it matters

found-idle-term = 推荐计划的一项条款
why-idle-term = 不奖励任何人，因此未使用
found-above-margin = 对一位购买 { $price } 的好友，奖励成本最高可达 { $cost }
why-above-margin = 这样一笔订单只留下 { $margin }：如此而来的每位好友起初都是成本高于收益
found-self-referral = 一次 { $price } 的购买共可得奖励 { $worth }
why-self-referral = 自己推荐自己的人赚的比花的多
found-without-limit = 没有上限、终止日或预算的奖励
why-without-limit = 公司可能欠下的金额没有限度：请设置 cap、ends 或 policy.budget
found-small-budget-for-prizes = 预算为 { $budget }，而奖品为 { $prizes }
why-small-budget-for-prizes = 预算不足以支付，因此奖品会被拒发
found-small-budget = 预算为 { $budget }，而一次的奖励为 { $least }
why-small-budget = 预算连一位好友都不够，因此推荐计划永远不会支付
found-high-cap = 上限为 { $cap } 次奖励
why-cap-above-told = 没有人会告诉超过 { $people } 人，因此没有人会得到超过 { $most } 次
why-cap-above-known = 没有人认识超过 { $people } 人，因此没有人会得到超过 { $most } 次
found-falling-tier = 从第 { $from } 位好友起为 { $amount }，此前为 { $before }
why-falling-tier = 带来更多反而得到更少：等于叫带来很多好友的人停手
found-hasty-window = 期限为 { $window }
why-hasty-window = 好友平均需要 { $days } 天做决定（conversion.decision_delay）：其中许多人会买得太晚
found-no-hold = 不暂缓发放的奖励
found-hold = 暂缓期为 { $hold }
why-hasty-hold = 购买会在 { $within }之内退款（refunds.within）：在此之前兑换的奖励无法追回
why-endless-hold = 这比模拟期限还长，因此永远不会发放
found-no-drawing = 有抽奖券而没有抽奖
why-no-drawing = 没有规则抽取抽奖券（trigger = "drawing"）：打动人们的是谁也赢不到的东西
found-late-prizes = 在 { $end }之后颁发的奖品
why-late-prizes = 那已超过模拟期限，因此永远不会颁发
found-no-tickets = 有抽奖而没有抽奖券
why-no-tickets = 没有规则发放抽奖券（kind = "ticket"），因此无券可抽
found-idle-leaderboard = 没有 `perceived` 的排行榜
why-idle-leaderboard = 这些奖品打动不了任何人：请在 `perceived` 中写明人们认为一个名次值多少
