# 简体中文

runs = { $text } 次模拟

range = { $low } 至 { $high }
