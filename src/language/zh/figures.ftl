# 逐事件细看的模拟的图表：说明、坐标轴、标签，以及如何阅读。

figure-caption = { $scenario } · { $runs } · 种子 { $seed } · { $what }
figure-caption-alone = { $scenario } · { $runs } · 种子 { $seed }
figure-first-runs = { $runs } 次模拟中的前 { $heard } 次
figure-says-together = 这些模拟合计
figure-says-together-and-band = 线：这些模拟合计；带：中间 90% 的模拟（5% 至 95%）
figure-says-mean-and-band = 线：这些模拟的均值；带：中间 90% 的模拟（5% 至 95%）
figure-says-layers = 这些模拟的均值
figure-says-whiskers = 条：这些模拟的均值；须线：中间 90% 的模拟（5% 至 95%）
figure-says-cascades = 这些模拟中的所有级联；一个级联是一位并非由口碑带来的客户，连同经她而来的所有人
figure-says-degrees = 图中的所有人；无人可告知者不画点
figure-says-both = { $one }；{ $other }

figure-says-counted = 点：实际数据
figure-says-incremental = 条形：各次模拟的均值；须线（如有）：95% 区间
figure-says-no-difference = 0 处的较细竖线：无差异
figure-some-scenarios = { $all } 个方案中的 { $shown } 个：排名靠前者和基准
figure-some-others = 除基准外 { $all } 个方案中的 { $shown } 个：排名靠前者
figure-some-programmes = { $all } 个计划中的 { $shown } 个：排名靠前者
figure-axis-without-zero = 纵轴不从 0 开始
figure-up-to-each-day = { $label }：截至各日累计

figure-funnel = 人们走到了哪一步
figure-funnel-reading = 每一条是一次模拟结束前走到该步的人数。后一步并不总是前一步的一部分：初始客户在有人告知之前就已在那里。
figure-funnel-people = 人数
figure-funnel-reached = 听到口碑
figure-funnel-landed = 前来了解
figure-funnel-signed-up = 被说服
figure-funnel-customers = 客户
figure-funnel-participants = 参与推荐计划
figure-funnel-advocates = 凭推荐码带来客户

figure-acquisition = 客户从何而来
figure-acquisition-reading = 每一层是经由一种途径而来的客户；最上沿是全部客户。
figure-way-seed = 初始客户
figure-way-advertising = 广告
figure-way-influencer = 达人
figure-way-review = 评论
figure-way-word = 朋友的口碑
figure-way-credited = 朋友的口碑，计入推荐计划

figure-reproduction-by-generation = 每位客户带来多少客户（按代）
figure-reproduction-by-generation-reading = 在虚线之上，每一代都比上一代大，传播自行延续；在虚线之下，口碑只是为其他途径赢得的客户锦上添花。
figure-reproduction-by-day = 每位客户带来多少客户（按购买日）
figure-reproduction-by-day-reading = 每一点是一周的客户：他们每人此后带来多少人。在虚线之下，每人带来不到一人。
figure-reproduction-axis = R：每位客户带来的客户数
figure-reproduction-label = R
figure-reproduction-one = R = 1
figure-generation = 代；第 0 代是并非由口碑带来的客户
figure-day-of-purchase = 首次购买日（连同之前六天）
figure-generations-left-out = 最后一代，以及所有模拟合计少于 { $fewest } 位客户的代未画出
figure-weeks-left-out = 所有模拟合计少于 { $fewest } 位此类客户的周未画出
figure-days-left-out = 自第 { $day } 天起未画出，因为当时的买家还来不及带来他们将带来的所有人

figure-cascade-size = 级联有多大
figure-cascade-size-reading = 位于 10 人、2% 的点表示：一百个级联中有两个拥有十位或更多客户。
figure-cascade-size-axis = 级联的客户数（至少）
figure-cascade-depth = 级联有多深
figure-cascade-depth-reading = 位于 3 代、2% 的点表示：一百个级联中有两个，口碑在客户之间至少接力了三次。
figure-cascade-depth-axis = 初始客户之后的代数（至少）
figure-cascades-axis = 占所有级联的比例

figure-degrees = 人们有多少朋友
figure-degrees-reading = 位于 50 位朋友、2% 的点表示：一百人中有两人可告知五十位或更多的人。
figure-degrees-axis = 可告知的朋友数（至少）
figure-degrees-share = 占所有人的比例

figure-sentiment = 人们说什么：好话减坏话
figure-sentiment-reading = 100% 表示迄今所有的话都说产品好，0% 表示好话与坏话一样多，低于零则坏话更多。
figure-sentiment-axis = 好话减坏话，占迄今所有的话的比例
figure-sentiment-label = 口碑
figure-nps = 客户怎么想：净推荐值
figure-nps-reading = 愿意推荐者（10 分中打 9 或 10 分）所占百分数减去不愿推荐者（0 至 6 分）所占百分数：100 最好，−100 最差。
figure-nps-axis = 迄今所有客户的净推荐值
figure-nps-label = 得分

figure-liability = 尚欠的奖励
figure-liability-reading = 已发放、既未兑现也未过期的奖励如全部兑现所需的成本。
figure-liability-axis = { $currency }，每日结束时尚欠
figure-liability-label = 尚欠
figure-budget = 预算用了多少
figure-budget-reading = 已发放或暂扣的奖励的成本，占推荐计划预算的比例；预算用尽后不再发放奖励。
figure-budget-axis = 占预算的比例
figure-budget-label = 已用

figure-section = 细看
figure-section-about = 前 { $heard } 次模拟，逐事件细看：谁经何途径而来，如何传播，人们说什么，还欠什么。每张图表也在文件夹中，既有图片也有表格。
figure-section-about-one = 一次模拟，逐事件细看：谁经何途径而来，如何传播，人们说什么，还欠什么。每张图表也在文件夹中，既有图片也有表格。

figure-tree = 第 { $run } 次模拟中最大的级联
figure-tree-subtitle = { $scenario }：一位客户，以及历经 { $generations } 代、经她而来的 { $people } 人
figure-tree-reading = 谁带来了谁：每一行是一位客户，位于以口碑赢得她的人之下。过长的分支已截断。
figure-tree-first = 初始客户
figure-tree-coded = 朋友的口碑，附推荐码
figure-tree-more = ……另有 { $number } 人
figure-tree-person = { $number } 号
figure-tree-day = 天
figure-tree-way = 如何而来
figure-tree-revenue = 收入
figure-tree-brought = 带来
figure-tree-brought-in-all = { $directly }，共 { $all }

figure-network = 第 { $run } 次模拟中谁在何时购买
figure-network-caption = { $scenario } · 种子 { $seed } · { $people } 人及其联系；其中 { $customers } 人购买
figure-network-reading = 每一点是一个人，两点之间的线是一条联系；颜色表示她何时购买。请看它是从一群传到另一群，还是停留在开始的地方。
figure-network-earliest = 第 { $day } 天购买
figure-network-latest = 第 { $day } 天
figure-network-never = 非客户
figure-network-first = 初始客户
