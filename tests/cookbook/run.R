# Runs the snippets of a folder in order, and writes what each answers beside it: as run.py does.

folder <- commandArgs(trailingOnly = TRUE)[1]
space <- new.env()
for (path in sort(list.files(folder, "\\.r$", full.names = TRUE))) {
  expressions <- parse(path)
  value <- NULL
  answered <- try(for (expression in expressions) value <- eval(expression, space))
  if (inherits(answered, "try-error")) stop("in ", path)
  # What ends in an assignment is no answer.
  last <- expressions[[length(expressions)]]
  if (!(is.call(last) && identical(last[[1]], as.name("<-")))) {
    logical <- vapply(value, is.logical, TRUE)
    value[logical] <- lapply(value[logical], function(flags) tolower(as.character(flags)))
    write.table(value, paste0(path, ".tsv"), sep = "\t", quote = FALSE, row.names = FALSE, na = "-")
  }
}
