# 简体中文

runs = { $text } 次模拟

range = { $low } 至 { $high }

document-contents = 目录
document-skip = 跳到正文
document-files = 文件：

chart-ends-at = { $label }期末为 { $end }。
chart-cells-from-to = 从 { $least }（{ $where }）到 { $most }（{ $there }）。
chart-no-value = 无数值
