{#- Phones and post codes as the digits that they are. -#}

{#- Ten or eleven digits from 0 on: also from +81, and where a spreadsheet took the 0; without an extension (内線12, x12) or a
    second number. Nothing where the length and the first digits are those of no Japanese number, and nothing where carts
    and people fill a box: 000-0000-0000, 090-1111-1111. -#}
{% macro phone_of(column) -%}
    {%- set first_number = extracted(with_narrow_digits(column), '[+(]*[0-9][0-9 ().+' ~ long_dashes() ~ '-]*') -%}
    {%- set national = replaced(digits_in(first_number), '^(010|00)?810?([1-9][0-9]{8,9})$', '0\\2') -%}
    {%- set whole = replaced(national, '^([1-9][0-9]{8,9})$', '0\\1') -%}
    {%- set meant = replaced(whole, phones_of_nobody(), '') -%}
    nullif({{ extracted(meant, '^0([256789]0[0-9]{8}|[1-9][1-9][0-9]{7})$') }}, '')
{%- endmacro %}

{#- A prefix, then one digit to the end. -#}
{% macro phones_of_nobody() -%}
    ^0([0-9]{1,3}0{6,8}|[0-9]{1,2}(1{8}|2{8}|3{8}|4{8}|5{8}|6{8}|7{8}|8{8}|9{8}))$
{%- endmacro %}

{#- Seven digits; zeros that a spreadsheet took from the front come back: one, or the two of Sapporo's 001 to 007.
    Nothing where there are fewer, more, or zeros alone. -#}
{% macro postcode_of(column) -%}
    {%- set one_zero = replaced(digits_in(with_narrow_digits(column)), '^([0-9]{6})$', '0\\1') -%}
    {%- set two_zeros = replaced(one_zero, '^([1-7][0-9]{4})$', '00\\1') -%}
    nullif({{ extracted(replaced(two_zeros, '^0+$', ''), '^[0-9]{7}$') }}, '')
{%- endmacro %}

{% macro digits_in(text) -%} {{ replaced(text, '[^0-9]', '') }} {%- endmacro %}

{% macro with_narrow_digits(column) -%}
    {{ translated(column, column, '０-９（）＋．　', '０１２３４５６７８９（）＋．　', '0123456789()+. ') }}
{%- endmacro %}
