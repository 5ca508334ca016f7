# Reads workbooks with readxl: a file name a line, answered by lines "SHEET!CELL", a tab and
# the value as read_openpyxl.py writes it, tabs and line breaks escaped, and an empty line.
suppressMessages(library(readxl))
input <- file("stdin", open = "r")
col <- function(n) {
  s <- ""
  while (n > 0) { s <- paste0(LETTERS[(n - 1) %% 26 + 1], s); n <- (n - 1) %/% 26 }
  s
}
quoted <- function(s) gsub("\r", "\\r", gsub("\t", "\\t", gsub("\n", "\\n", gsub("\\", "\\\\", s, fixed = TRUE), fixed = TRUE), fixed = TRUE), fixed = TRUE)
repeat {
  file <- readLines(input, n = 1, encoding = "UTF-8")
  if (length(file) == 0) break
  lines <- tryCatch({
    out <- character()
    for (sheet in excel_sheets(file)) {
      rows <- suppressWarnings(suppressMessages(read_excel(file, sheet = sheet, range = cell_limits(c(1, 1), c(NA, NA)), col_names = FALSE, col_types = "list", trim_ws = FALSE, na = character(), .name_repair = "minimal")))
      for (c in seq_along(rows)) for (r in seq_along(rows[[c]])) {
        v <- rows[[c]][[r]]
        if (is.null(v) || length(v) == 0 || is.na(v)) next
        text <- if (inherits(v, "POSIXct")) paste0("n", format(as.numeric(v) / 86400 + 25569, digits = 15))
          else if (is.logical(v)) paste0("b", as.integer(v))
          else if (is.numeric(v)) paste0("n", format(v, digits = 15))
          else paste0("t", enc2utf8(v))
        out <- c(out, paste0(quoted(enc2utf8(sheet)), "!", col(c), r, "\t", quoted(text)))
      }
    }
    out
  }, error = function(e) paste0("!error\t", quoted(conditionMessage(e))))
  con <- stdout()
  writeLines(c(lines, ""), con, useBytes = TRUE)
  flush(con)
}
