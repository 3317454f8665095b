{#- The distinct words that CTE `statements` has in some columns, each folded once: a name is borne by many. -#}
{% macro folded_words(name, columns, fold) -%}
{{ name }} as (
    select
        said,
        {{ fold }} as folded
    from (
        {% for column in columns -%}
        select {{ column }} as said from statements
        {{ 'union' if not loop.last }}
        {% endfor -%}
    ) as words
)
{%- endmacro %}

{#- What of a statement is compared. A whole name is one with both parts, or an unparted one of four letters or more: 佐々木
    is a family name. -#}
{% macro folded_person() -%}
    nullif(concat(family_names.folded, given_names.folded), '') as name_folded,
    family_names.folded as surname_folded,
    given_names.folded as given_name_folded,
    nullif(concat(family_kanas.folded, given_kanas.folded), '') as kana_folded,
    family_kanas.folded as surname_kana_folded,
    given_kanas.folded as given_kana_folded,
    {{ address_fold('concat(address1, address2)') }} as address_folded,
    given_names.folded is not null or coalesce(length(family_names.folded), 0) >= 4 as is_whole_name,
    given_kanas.folded is not null as is_whole_kana
{%- endmacro %}

{#- A name that can be compared; none where somebody wrote himself in Latin letters alone: MOMOKO ISHIKAWA is no other than
    石川桃子. -#}
{% macro told_name() -%}
    coalesce(case when not {{ fits('name_folded', '[A-Z]+') }} then name_folded end, kana_folded)
{%- endmacro %}

{% macro folded_columns() -%}
    {{ return([
        'name_folded', 'surname_folded', 'given_name_folded', 'kana_folded', 'surname_kana_folded', 'given_kana_folded',
        'is_whole_name', 'is_whole_kana',
    ]) }}
{%- endmacro %}

{#- The values that people share, by kind; null where a statement has none that could tell who somebody is. -#}
{% macro shared_values() -%}
    {{ return({
        'mail': 'own_mail',
        'phone': 'phone',
        'address': "case when regexp_matches(address_folded, '[0-9]') then postcode || '|' || address_folded end",
    }) }}
{%- endmacro %}

{#- Which values make a key together with what, under which rule of match_rules: (rule, kind of value, with, where). -#}
{% macro matching_rules() -%}
    {{ return([
        ('same_mail_and_name', 'mail', 'name_folded', 'true'),
        ('same_mail_and_name', 'mail', 'kana_folded', 'true'),
        ('same_mail_and_given_name', 'mail', 'given_name_folded', 'true'),
        ('same_mail_and_given_name', 'mail', 'given_kana_folded', 'true'),
        ('same_mail_without_name', 'mail', "case when has_unnamed then 'unnamed' end", 'true'),
        ('same_phone_and_name', 'phone', 'name_folded', 'is_whole_name'),
        ('same_phone_and_name', 'phone', 'kana_folded', 'is_whole_kana'),
        ('same_address_and_name', 'address', 'name_folded', 'is_whole_name'),
        ('same_address_and_name', 'address', 'kana_folded', 'is_whole_kana'),
        ('household_phone', 'phone', 'surname_folded', 'true'),
        ('household_phone', 'phone', 'surname_kana_folded', 'true'),
        ('household_address', 'address', 'surname_folded', 'true'),
        ('household_address', 'address', 'surname_kana_folded', 'true'),
    ]) }}
{%- endmacro %}

{#- The order in which the keys of a customer give him his id: own-shop member, own-shop guest, mall; then the first order;
    then the key. -#}
{% macro first_key_order() -%}
    case when not is_of_own_shop then 3 when split_part(person_key, ':', 2) = 'member' then 1 else 2 end asc,
    first_ordered_at asc nulls last,
    person_key asc
{%- endmacro %}
