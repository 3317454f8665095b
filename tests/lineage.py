"""Which personal columns flow into which: column lineage over compiled SQL, model by model.

A way from one column to another is `RAW` while its text may still be told from what comes out, or names
what is left of it: a keyed hash, the year or month of a day, a flag, a count. What only chooses or orders
rows (joins, filters, partitions, orders) is no way: it carries nothing into a cell.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

RAW = "as it is"
HASH, YEAR, MONTH, FLAG, COUNT = "keyed_hash", "year", "month", "flag", "count"
NOBODY = {FLAG, COUNT}  # a flag or a count of what another model has reduced to one tells of nobody
BEFORE = " in another model"
KEY = "customer.key"

Way = tuple[str, str]  # the source's personal column, and what is left of it
Ways = frozenset[Way]
NONE: Ways = frozenset()
Table = tuple[str, str]  # schema and name


Relation = Mapping[str, Ways]  # a table's columns, and the ways that lead into each


def flows(models: Mapping[Table, str], sources: Mapping[Table, Relation]) -> dict[Table, Relation]:
    """Follow every column of every model to its sources.

    Args:
        models: compiled SQL, parents before children.
        sources: what the models read besides each other; a personal column is its own way.
    """
    known = dict(sources)
    for name, sql in models.items():
        schema: dict[str, dict[str, dict[str, str]]] = {}
        for (database, table), relation in known.items():
            schema.setdefault(database, {})[table] = dict.fromkeys(relation, "unknown")
        known[name] = _relation(sql, schema, known)
    return known


def _relation(sql: str, schema: Any, known: Mapping[Table, Relation]) -> Relation:  # noqa: ANN401  # sqlglot's
    parsed = parse_one(sql, dialect="duckdb")
    for key in [one for one in parsed.find_all(exp.Subquery) if _reads_the_key(one)]:
        key.replace(exp.Literal.string(KEY))
    for table in parsed.find_all(exp.Table):
        table.set("catalog", None)
    scope = build_scope(qualify(parsed, schema=schema, dialect="duckdb", validate_qualify_columns=False))
    assert scope
    reader = _Reader(known)
    return {name: _told(reader.column(scope, name)) for name in scope.expression.named_selects}


def _told(ways: Ways) -> Ways:
    """What a model's column is to others: where more is left, the flags that chose it say nothing new."""
    more = [way for way in ways if way[1].removesuffix(BEFORE) not in NOBODY]
    return frozenset(more or ((source, left.removesuffix(BEFORE)) for source, left in ways))


def _reads_the_key(query: exp.Subquery) -> bool:
    files = [one for one in query.find_all(exp.Anonymous, exp.Table, exp.ReadParquet) if KEY in one.sql()]
    return bool(files) and not list(query.find_all(exp.CTE))


class _Reader:
    def __init__(self, known: Mapping[Table, Relation]) -> None:
        self._known = known

    def column(self, scope: Scope, name: str) -> Ways:
        """Ways into a column of a select or of a union of selects."""
        if isinstance(scope.expression, exp.SetOperation):
            left, right = scope.set_operation_scopes
            at = scope.expression.named_selects.index(name)
            by_name = scope.expression.args.get("by_name")
            other = name if by_name else right.expression.named_selects[at]
            has = other in right.expression.named_selects
            return self.column(left, name) | (self.column(right, other) if has else NONE)
        found = [one for one in scope.expression.selects if one.alias_or_name == name]
        return frozenset().union(*(self.cell(one, scope) for one in found))

    def cell(self, node: exp.Expression, scope: Scope) -> Ways:
        """Ways into the value of an expression."""
        if isinstance(node, exp.Column):
            return self._read(node, scope)
        if isinstance(node, exp.Subquery | exp.Exists):
            inner = [one for one in scope.subquery_scopes if one.expression is node.this]
            return frozenset().union(
                *(self.column(one, name) for one in inner for name in one.expression.named_selects)
            )
        left = _left_of(node)
        ways = frozenset().union(*(self.cell(part, scope) for part in _parts(node)))
        for part in _conditions(node):
            ways |= _reduced(self.cell(part, scope), FLAG)
        return _reduced(ways, left) if left else ways

    def _read(self, column: exp.Column, scope: Scope) -> Ways:
        source = scope.sources.get(column.table)
        if isinstance(source, exp.Table):
            ways = self._known[source.db, source.name][column.name] if source.db else NONE
            return frozenset((one, left + BEFORE * (left in NOBODY)) for one, left in ways)
        if isinstance(source, Scope):
            if isinstance(source.expression, exp.Query):
                return self.column(source, column.name)
            columns = source.expression.find_all(exp.Column)
            return frozenset().union(*(self.cell(one, source.parent) for one in columns))
        raise AssertionError(f"{column.sql()}: where it comes from is not told")


def _reduced(ways: Ways, left: str) -> Ways:
    if left in NOBODY:
        return frozenset((source, left) for source, before in ways if before in {RAW, *NOBODY})
    return frozenset((source, left if before == RAW else before) for source, before in ways)


def _left_of(node: exp.Expression) -> str:
    if isinstance(node, exp.SHA2) and KEY in node.sql():
        return HASH
    if isinstance(node, exp.Extract):
        return {"YEAR": YEAR, "MONTH": MONTH}.get(node.name.upper(), "")
    if isinstance(node, exp.Year | exp.Month):
        return YEAR if isinstance(node, exp.Year) else MONTH
    if isinstance(node, exp.Count):
        return COUNT
    return FLAG if isinstance(node, exp.Predicate | exp.Connector | exp.Not) else ""


def _parts(node: exp.Expression) -> Iterator[exp.Expression]:
    """The parts of an expression whose values go into its own."""
    if isinstance(node, exp.Window | exp.Filter | exp.Order | exp.ArgMax | exp.ArgMin):
        yield node.this
    elif isinstance(node, exp.If):
        yield from (node.args[key] for key in ("true", "false") if node.args.get(key))
    elif isinstance(node, exp.Case):
        yield from (*node.args["ifs"], *([node.args["default"]] if node.args.get("default") else []))
    else:
        yield from node.iter_expressions()


def _conditions(node: exp.Expression) -> Iterator[exp.Expression]:
    """The parts that only choose a value."""
    if isinstance(node, exp.Filter):
        yield node.expression
    elif isinstance(node, exp.If | exp.Case) and node.this:
        yield node.this
