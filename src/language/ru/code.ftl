# What is English in the code: measures and their meanings
