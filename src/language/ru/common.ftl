# Русский

runs =
    { $runs ->
        [one] { $text } прогон
        [few] { $text } прогона
       *[many] { $text } прогонов
    }

range = от { $low } до { $high }
