# The programme in words. Rules are put together from parts: who, what she gets, for what, and terms.

rule = { $who }因{ $occasion }获得{ $reward }
rule-and-term = { $rule }，{ $term }

## Amounts

amount = { $figures } { $code }
share = { $figures }%
share-of-price = { $share }（按价格计）
span-years = { $count } 年
span-weeks = { $count } 周
span-days = { $count } 天
span-hours = { $count } 小时
span-minutes = { $count } 分钟

## Who

who-advocate = 推荐人
who-friend = 好友
who-up-the-chain = 推荐链上第 { $ordinal } 级推荐人
who-of-segment = “{ $segment }”细分群体的{ $who }

## What she gets

reward-cash = 现金 { $amount }
reward-discount = 价格减免 { $amount }
reward-discount-later = 下次订单减免 { $amount }
reward-points = 积分 { $amount }
reward-gift = 价值 { $amount } 的礼品
reward-product = 价值 { $amount } 的产品
reward-upgrade = 价值 { $amount } 的升级
reward-ticket = 一张其自认价值 { $amount } 的抽奖券
tier-from-place = 从第 { $ordinal } 名起 { $amount }
tier-from-friend = 从第 { $ordinal } 位好友起 { $amount }
tier-and-tier = { $tiers }、{ $tier }
tiers-retroactive = { $tiers }（此前的好友也补足）

## For what

for-sign-up = 好友注册
for-own-sign-up = 本人注册
for-first-purchase = 好友首次购买
for-own-first-purchase = 本人首次购买
for-later-purchases = 好友之后的每次购买
for-own-later-purchases = 本人之后的每次购买
for-purchases = 好友的每次购买
for-own-purchases = 本人的每次购买
for-purchase = 好友的第 { $ordinal } 次购买
for-own-purchase = 本人的第 { $ordinal } 次购买
for-the-winning-ticket = 持有中奖券
for-a-winning-ticket = 持有 { $winners } 张中奖券之一
for-the-most-friends = 带来的好友最多
for-a-place = 带来的好友数进入前 { $winners } 名
for-every-friend = { $occasion }（每满 { $ordinal } 位好友）
for-only-the-friend = { $occasion }（仅第 { $ordinal } 位好友）

## Terms

term-hold = 暂缓 { $hold }发放
term-minimum-order = 订单至少 { $least }
term-window = 须在听到推荐后 { $window }之内
term-cap = 最多 { $most } 次
term-cap-monthly = 每月最多 { $most } 次
term-cap-amount = 合计最多 { $most }
term-cap-amount-monthly = 每月合计最多 { $most }
term-from-day = 从第 { $day } 天起
term-until-day = 到第 { $day } 天为止

## What holds for all rules

clause-rewards-add-up = 多条规则对同一件事的奖励累加
clause-budget = 全部奖励合计最多花费 { $most }
clause-platform-fee = 推荐计划的软件每 30 天（不足 30 天按 30 天计）收费 { $fee }
clause-first-code = 归功于最先到达的推荐码
clause-last-code = 归功于最后到达的推荐码
clause-lost-codes = { $share } 的推荐码会丢失
clause-suspected = 拿报酬的人会受到怀疑：带码口碑的成功机会减少 { $share }
clause-selects-worse = 奖励超过订单的十分之一后每翻一倍，毛利减少 { $share }
clause-refunds = { $share } 的购买会在 { $within }之内退款
clause-fraud = 有人作弊（欺诈）
clause-fraud-check = 每次推荐都要检查，费用为 { $cost }
