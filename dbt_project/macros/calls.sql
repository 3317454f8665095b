{#- 1 for Monday to 7 for Sunday -#}
{% macro weekday_of(day) -%} cast(extract(isodow from {{ day }}) as integer) {%- endmacro %}

{#- 0 to 99, drawn from names alone as mail_jobs draws its arms (a test compares): below holdout_percent is held out. -#}
{% macro drawn_percent(salt, scenario, occurrence) -%}
    cast(cast('0x' || left(sha256(concat({{ salt }}, '|', {{ scenario }}, '|', {{ occurrence }})), 16) as ubigint) % 100 as integer)
{%- endmacro %}

{#- The middle of some numbers, to one place: half way between the two in the middle of an even count. -#}
{% macro median_of(column) -%} cast(median({{ column }}) as decimal(9, 1)) {%- endmacro %}

{#- Texts of a group as one, in an order that ends in a unique key. -#}
{% macro joined_texts(text, separator, in_order) -%} string_agg({{ text }}, '{{ separator }}' order by {{ in_order }}) {%- endmacro %}

{#- A contact with a customer as a person on the phone reads it: 電話 発信 不在, and what was written down. -#}
{% macro contact_in_words(one) -%}
    concat_ws(
        ' ',
        case {{ one }}.contact_medium
            when 'call' then '電話' when 'letter' then '手紙' when 'mail' then 'メール' when 'line' then 'LINE' else '来店'
        end,
        case {{ one }}.direction when 'in' then '受信' else '発信' end,
        case {{ one }}.result
            when 'reached' then '通話' when 'not_reached' then '不在' when 'refused' then '拒否' when 'claim' then 'クレーム'
        end,
        {{ one }}.reason
    )
{%- endmacro %}
