"""Runs the snippets of a folder in order, and writes what each answers beside it.

Called in the folder where the snippets expect to be, with the folder of the snippets. 03.sql, 03.pandas.py and 03.polars.py
each leave 03.sql.tsv and so on, where they answer something: a row of names, then the rows, with "-" for what is empty.
"""

import ast
import csv
import pathlib
import sys

import duckdb
import pandas as pd
import polars as pl


def last_value(text, space):
    """Runs a snippet; the value of its last expression, as a notebook shows it."""
    body = ast.parse(text).body
    last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "snippet", "exec"), space)
    return None if last is None else eval(compile(last, "snippet", "eval"), space)


def table(value):
    """The names and the rows of whatever a tool answers with."""
    if isinstance(value, pl.DataFrame):
        return value.columns, value.rows()
    if isinstance(value, pd.Series):
        value = value.to_frame()
    # Rows that were only numbered on the way have an index without a name.
    if any(value.index.names) or not pd.api.types.is_integer_dtype(value.index):
        value = value.reset_index(allow_duplicates=True)
    return list(value.columns), list(value.itertuples(index=False, name=None))


def cell(value):
    if value is None or pd.isna(value):
        return "-"
    return str(value).lower() if str(value) in ("True", "False") else str(value)


def main():
    database = duckdb.connect()
    spaces = {"pandas": {}, "polars": {}}
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        answer = None
        try:
            if path.suffix == ".sql":
                done = database.sql(path.read_text())
                answer = None if done is None else (done.columns, done.fetchall())
            elif path.suffix == ".py":
                value = last_value(path.read_text(), spaces[path.stem.split(".")[1]])
                answer = None if value is None else table(value)
        except Exception as error:
            sys.exit(f"{path.name}: {type(error).__name__}: {error}")
        if answer is not None:
            with open(f"{path}.tsv", "w", newline="") as file:
                lines = csv.writer(file, delimiter="\t", lineterminator="\n")
                lines.writerow(answer[0])
                lines.writerows(map(cell, row) for row in answer[1])


main()
