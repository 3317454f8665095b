"""Each order's goods with tax are its printed subtotal."""

from collections.abc import Iterator, Mapping

from orchestration.doors.rule import FILE, ROW, Rule, decimal, grouped, name, rule_in_sql, texts
from orchestration.doors.setting import Setting

ROUNDINGS = ("round", "floor", "ceil")  # 四捨五入, 切り捨て, 切り上げ
BASES = {"excluded", "included"}
BROKEN = """
    select {FILE}, min({ROW}) as {ROW}
    from (
        select
            {FILE}, {ROW}, {grouped}, {is_goods} as is_goods, {total_cell} as total_cell, {total} as total,
            {quantity} as quantity, {price} as price, {tax} as tax
        from {{batch}}
    )
    group by {FILE}, grouped, alone
    having count(total_cell) > 0 and not coalesce(
        count(total) = count(total_cell) and min(total) = max(total) and min(total) in ({sums})
        and not bool_or(is_goods and (price + tax) * quantity is null), false
    )
"""


def goods_sum(setting: Setting) -> Iterator[Rule]:
    """Each order's total is the sum of its goods with tax, rounded per piece in one of three ways.

    `{total, group, kind, goods, price, tax_rate, quantity}`: columns; `goods` is the kind that means goods,
    their price without tax, or `{kind: excluded or included}`. A rate is in percent (10) or a fraction (0.1).
    A blank total is not asked.
    """
    keys = ("total", "group", "kind", "price", "tax_rate", "quantity")
    said = setting.keyed(*keys, "goods")
    total, group, kind, price, rate, quantity = columns = tuple(said[key].text() for key in keys)
    bases = _bases(said["goods"])
    broken = BROKEN.format(
        FILE=FILE,
        ROW=ROW,
        grouped=grouped(group),
        is_goods=f"{name(kind)} in ({texts([*bases])})",
        total_cell=name(total),
        total=decimal(total, digits=12),
        quantity=decimal(quantity, digits=9),
        price=decimal(price, digits=12),
        tax=_tax(kind, bases, price=decimal(price, digits=12), rate=decimal(rate, digits=5)),
        sums=", ".join(map(_sum, ROUNDINGS)),
    )
    words = f"{total} is the sum of the {group}'s goods with tax"
    yield rule_in_sql(words, columns=columns, unexpected=broken, group=group)


def _sum(rounded: str) -> str:
    return f"coalesce(sum((price + {rounded}(tax)) * quantity) filter (is_goods), 0)"


def _tax(kind: str, bases: Mapping[str, str], *, price: str, rate: str) -> str:
    excluded = [value for value, basis in bases.items() if basis == "excluded"]
    bare = f"{name(kind)} in ({texts(excluded)})" if excluded else "false"
    return f"""
        case
            when not coalesce({bare}, false) then cast(0 as decimal(20, 6))
            when {rate} < 1 then {price} * {rate}
            else {price} * {rate} * cast(0.01 as decimal(3, 2))
        end
    """


def _bases(setting: Setting) -> dict[str, str]:
    if isinstance(setting.found, str):
        return {setting.found: "excluded"}
    bases = {kind: basis.text() for kind, basis in setting.each()}
    if not bases or not set(bases.values()) <= BASES:
        raise setting.fault("a kind of line, or kinds that are each excluded or included")
    return bases
