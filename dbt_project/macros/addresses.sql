{#- Addresses brought to the one form in which they are compared: town and block, 1-2-3, without the building. -#}

{#- 東京都渋谷区神南一丁目２番３号 常連ビル４階 and 渋谷区神南1-2-3 are both 渋谷区神南1-2-3: the prefecture goes, 大字 and 字 go,
    what joins numbers (丁目, 番地, 番, の) becomes a dash, at most three joined numbers are a block, and what follows it
    is a building. ヶ, ケ, が and ガ are one, as are 之, ノ and の, ッ and ツ. -#}
{% macro address_fold(column) -%}
    {%- set words = '[丁番条線号のノ之ﾉ字' ~ long_dashes() ~ ']|[ 　]-|-[ 　]|^[ 　]*(' ~ prefectures() ~ ')' -%}
    {%- set worded = with_dashes(without_prefecture(numerals_as_digits(column))) -%}
    {%- set joined -%} case when {{ holds(column, words) }} then {{ worded }} else {{ column }} end {%- endset -%}
    {%- set letters = for_matching(letters_in(joined, column), column) -%}
    {%- set kana = translated(letters, column, 'ヶヵッガｶｯがっゕゖ之\u3099', 'ヶヵガッ之', 'ケケケツノ') -%}
    nullif(replace({{ town_and_block(kana) }}, ' ', ''), '')
{%- endmacro %}

{% macro prefectures() -%} 東京都|北海道|京都府|大阪府|..県|(神奈川|和歌山|鹿児島)県 {%- endmacro %}

{% macro without_prefecture(text) -%}
    {{ replaced(text, '^[ 　]*((' ~ prefectures() ~ ')[ 　]*)+|(大[ 　]*)?字', '') }}
{%- endmacro %}

{#- One pass sees every second joint of 1－2－3－4, because a digit is part of one find alone. -#}
{% macro with_dashes(text) -%}
    {%- set digit = '([0-9０-９])' -%}
    {%- set word = '(丁目?|番地?)[ 　]*[のノ之ﾉ]?|[のノ之ﾉ' ~ long_dashes() ~ ']' -%}
    {%- set joint = digit ~ '([ 　]*(' ~ word ~ ')[ 　]*|[ 　]+-[ 　]*|-[ 　]+)' ~ digit -%}
    {{ replaced(replaced(text, joint, '\\1-\\5'), joint, '\\1-\\5') }}
{%- endmacro %}

{#- Up to the first number and those joined to it; a number of 条, 線 or 番町 is of the town. -#}
{% macro town_and_block(text) -%}
    {{ extracted(text, '^(([^0-9]*[0-9]+(条|線|番[町丁街]))*[^0-9]*[0-9]+(-[0-9]+)?(-[0-9]+)?|[^0-9]*)') }}
{%- endmacro %}

{#- 二十三丁目 as 23丁目, and so before 番地, 番, 号, 条 and 線; other numerals are names of towns (三田, 八王子). -#}
{% macro numerals_as_digits(column) -%}
    {%- set counted = '(丁目|番地|番[0-9０-９〇一二三四五六七八九十町丁街のノ]|番$|号|条|線)' -%}
    {%- set digit = '([一二三四五六七八九])' -%}
    {%- set sql = namespace(text=column) -%}
    {%- set sql.text = replaced(sql.text, digit ~ '十' ~ digit ~ counted, '\\1\\2\\3') -%}
    {%- set sql.text = replaced(sql.text, digit ~ '十' ~ counted, '\\1〇\\2') -%}
    {%- set sql.text = replaced(sql.text, '十' ~ digit ~ counted, '一\\1\\2') -%}
    {%- set sql.text = replaced(sql.text, '十' ~ counted, '一〇\\1') -%}
    {%- for numeral in '〇一二三四五六七八九' * 2 -%}
        {%- set sql.text = replaced(sql.text, numeral ~ '([0-9]|' ~ counted[1:], (loop.index0 % 10) ~ '\\1') -%}
    {%- endfor -%}
    case when {{ holds(column, '[〇一二三四五六七八九十]' ~ counted) }} then {{ sql.text }} else {{ column }} end
{%- endmacro %}
