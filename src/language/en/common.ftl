# English. A sentence has the same values in every language; a test compares them.

runs =
    { $runs ->
        [one] one run
       *[other] { $text } runs
    }

range = { $low } to { $high }

document-contents = Contents
document-skip = To the content
document-files = Files:

chart-ends-at = { $label } ends at { $end }.
chart-cells-from-to = From { $least } ({ $where }) to { $most } ({ $there }).
chart-no-value = no value
