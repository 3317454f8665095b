{#- The order in which rows that speak of the same thing give way: the newest export first, equal times settled by
    the bytes, and within a file by the place. -#}
{% macro newest_first() -%} _exported_at desc, _file_sha256 desc, _row_number desc {%- endmacro %}

{#- The same for files: 1 for every row of the newest export that speaks of `keys`. -#}
{% macro newness_of_file(keys) -%}
    rank() over (partition by {{ keys }} order by _exported_at desc, _file_sha256 desc)
{%- endmacro %}

{#- Our plain formats print the clock of Japan (UTC here), and days. -#}
{% macro plain_instant_of(column) -%} {{ instant_of(column, "'Asia/Tokyo'") }} {%- endmacro %}

{% macro plain_day_of(column) -%} {{ tokyo_day(plain_instant_of(column)) }} {%- endmacro %}

{#- Yen with their fractions: what a mail or a piece costs us. -#}
{% macro exact_yen_of(column) -%} {{ decimal_of(column, 'amount of yen') }} {%- endmacro %}

{#- To six places; machines print 8.3E-3, too. -#}
{% macro decimal_of(column, what) -%}
    case
        when {{ filled(column) }} is null then null
        when {{ fits(filled(column), '[+-]?[0-9]{1,12}([.][0-9]*)?([eE][+-]?[0-9]{1,2})?') }} then cast({{ filled(column) }} as decimal(18, 6))
        else {{ raise_unreadable(what, column) }}
    end
{%- endmacro %}

{#- The key of something that a shop numbers: `<shop>:order:<id>`. -#}
{% macro shop_key_of(thing, column) -%} {{ filled('shop_id') }} || ':{{ thing }}:' || {{ code_of(column) }} {%- endmacro %}

{#- A shop's handle on somebody: the member, else the guest by his mail address, else nobody. -#}
{% macro person_key_of(member_id, mail) -%}
    case
        when {{ code_of(member_id) }} is not null then {{ shop_key_of('member', member_id) }}
        else {{ filled('shop_id') }} || ':guest:' || {{ normalised_mail(mail) }}
    end
{%- endmacro %}

{#- A rule without a first day has always held. -#}
{% macro open_start() -%} date '1900-01-01' {%- endmacro %}

{#- One text, or a JSON list of texts: a list either way, in one order. -#}
{% macro texts_of(column) -%}
    list_sort(
        case
            when {{ column }} like '[%' then from_json({{ column }}, '["VARCHAR"]')
            when {{ filled(column) }} is not null then [{{ filled(column) }}]
            else []
        end
    )
{%- endmacro %}

{#- All of some columns as one text, in which a blank differs from a missing comma. -#}
{% macro content_of(columns) -%}
    concat_ws(chr(31){% for column in columns %}, coalesce(cast({{ column }} as varchar), ''){% endfor %})
{%- endmacro %}
