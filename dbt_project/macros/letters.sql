{#- Unicode's NFKC for what Japanese files hold, in SQL that every engine knows: translate and replace. A table of letters
    is handed to translate only where the text holds one of them, because engines read the table anew for every row. -#}

{#- NFKC: full-width letters, digits and signs as ASCII, half-width kana as kana with their voice marks joined, ㈱ as
    (株), ① as 1, twins that Unicode holds for old character sets alone as their letter. Old forms (髙, 﨑) stay. Any
    blank is a blank, and what cannot be seen goes. -#}
{% macro letters_of(column) -%} {{ letters_in(column, column) }} {%- endmacro %}

{#- The same of `text`, which was made from `column`. -#}
{% macro letters_in(text, column) -%}
    case
        when {{ has_any(column, of_other_width() ~ ligatures_alone() ~ twins()) }}
            then {{ translated(widths_in(spelled_out(text, column), column), column, twins(), twins(), letters_of_twins()) }}
        else {{ text }}
    end
{%- endmacro %}

{#- The width alone, for columns that people read: ABC 12 and カ for ＡＢＣ　１２ and ｶ. -#}
{% macro width_of(column) -%}
    case
        when {{ has_any(column, of_other_width()) }} then {{ widths_in(with_marks_joined(column, column), column) }}
        else {{ column }}
    end
{%- endmacro %}

{% macro of_other_width() -%} ！-～　｡-ﾟ{{ marks() }} {%- endmacro %}

{% macro widths_in(text, column) -%}
    {%- set digits = translated(text, column, '０-９－　', '０１２３４５６７８９－　', '0123456789- ') -%}
    {%- set signs = translated(digits, column, '！-～', wide_signs(), ascii_signs()) -%}
    {{ translated(signs, column, '｡-ﾟ', half_kana(), full_kana()) }}
{%- endmacro %}

{#- `text` with the letters `before` as those of `after`; `column` is what `text` was made from, and tells whether it
    holds any of `class`. -#}
{% macro translated(text, column, class, before, after) -%}
    translate({{ text }}, case when {{ has_any(column, class) }} then {{ quoted(before) }} else '' end, {{ quoted(after) }})
{%- endmacro %}

{% macro quoted(text) -%} '{{ text | replace("'", "''") }}' {%- endmacro %}

{#- Letters that stand for several, and kana whose voice mark stands apart: before anything else. -#}
{% macro spelled_out(text, column) -%}
    {%- set sql = namespace(text=text) -%}
    {%- for pair in ligatures().split() -%}
        {%- set sql.text = "replace(" ~ sql.text ~ ", '" ~ pair[0] ~ "', '" ~ pair[1:] ~ "')" -%}
    {%- endfor -%}
    case
        when {{ has_any(column, ligatures_alone()) }} then {{ with_marks_joined(sql.text, column) }}
        else {{ with_marks_joined(text, column) }}
    end
{%- endmacro %}

{% macro with_marks_joined(text, column) -%}
    {%- set sql = namespace(text="translate(" ~ text ~ ", '" ~ half_kana() ~ "', '" ~ full_kana() ~ "')") -%}
    {%- for pair in marked_kana().split() -%}
        {%- set mark = marks()[0 if pair[1] not in 'ぱぴぷぺぽパピプペポ' else 1] -%}
        {%- set sql.text = "replace(" ~ sql.text ~ ", '" ~ pair[0] ~ mark ~ "', '" ~ pair[1] ~ "')" -%}
    {%- endfor -%}
    case when {{ has_any(column, 'ﾞﾟ' ~ marks()) }} then {{ sql.text }} else {{ text }} end
{%- endmacro %}
