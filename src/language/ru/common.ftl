# Русский

runs =
    { $runs ->
        [one] { $text } прогон
        [few] { $text } прогона
       *[many] { $text } прогонов
    }

range = от { $low } до { $high }

document-contents = Содержание
document-skip = К содержанию
document-files = Файлы:

chart-ends-at = { $label }: в конце { $end }.
chart-cells-from-to = От { $least } ({ $where }) до { $most } ({ $there }).
chart-no-value = нет значения
