{#- What exports say of people, brought to one shape; people stay called as they write themselves, but for the width of
    letters and blanks. Forms that are only compared: names.sql, addresses.sql. -#}

{#- A birthday that cannot be read, or that carts use for "not told", is no birthday. -#}
{% macro birthday_of(column) -%}
    case
        when left({{ column }}, 10) not in ('1900-01-01', '1970-01-01', '1900/01/01', '1970/01/01')
            then try_cast(replace(split_part(trim({{ column }}), ' ', 1), '/', '-') as date)
    end
{%- endmacro %}

{#- EC-CUBE's 性別(ID) and the words of the others. -#}
{% macro sex_of(column) -%}
    case
        when lower({{ filled(column) }}) in ('1', '男性', '男', 'male', 'm') then 'male'
        when lower({{ filled(column) }}) in ('2', '女性', '女', 'female', 'f') then 'female'
        when lower({{ filled(column) }}) in ('3', 'その他', 'other') then 'other'
        when lower({{ filled(column) }}) in ('4', '回答しない', 'undisclosed') then 'undisclosed'
    end
{%- endmacro %}

{#- A part of a name from its own cell, or from the cell that has the whole name: before and after its first blank. A
    whole name without a blank stands as the family name. -#}
{% macro name_part(own, whole, part) -%}
    coalesce(
        {{ filled(width_of(own)) }},
        {% if part == 'family' -%}
        nullif(split_part(trim({{ width_of(whole) }}), ' ', 1), '')
        {%- else -%}
        {{ filled(replaced("trim(" ~ width_of(whole) ~ ")", '^[^ ]+', '')) }}
        {%- endif %}
    )
{%- endmacro %}

{#- The columns that describe a person, as they are named from staging on. -#}
{% macro person_columns() -%}
    {{ return([
        'mail', 'family_name', 'given_name', 'family_kana', 'given_kana', 'postcode', 'prefecture', 'address1', 'address2',
        'phone', 'sex', 'birthday',
    ]) }}
{%- endmacro %}

{#- They, from the cells of a feed of orders or customers. -#}
{% macro person_cells() -%}
    {{ normalised_mail('mail') }} as mail,
    {{ name_part('family_name', 'full_name', 'family') }} as family_name,
    {{ name_part('given_name', 'full_name', 'given') }} as given_name,
    {{ name_part('family_kana', 'full_kana', 'family') }} as family_kana,
    {{ name_part('given_kana', 'full_kana', 'given') }} as given_kana,
    {{ postcode_of('postcode') }} as postcode,
    {{ filled('prefecture') }} as prefecture,
    nullif(concat({{ filled(width_of('city')) }}, {{ filled(width_of('address1')) }}), '') as address1,
    {{ filled(width_of('address2')) }} as address2,
    {{ phone_of('phone') }} as phone,
    {{ sex_of('sex') }} as sex,
    {{ birthday_of('birthday') }} as birthday
{%- endmacro %}

{#- What one shop knows a person by: the member id; else a mail address that is the person's own; else, where the mail is
    masked or missing, name, kana, phone and post code together, and then as a hash, because a key travels further than
    the row. `persons` is the feed's: named, masked or none. -#}
{% macro buyer_key_of(is_own_mail) -%}
    case
        when persons = 'none' then null
        when member_id is not null then shop_id || ':member:' || member_id
        when persons != 'masked' and mail is not null and {{ is_own_mail }} then shop_id || ':guest:' || mail
        when family_name is not null and coalesce(phone, postcode) is not null
            then shop_id || ':buyer:' || {{ keyed_hash(
                "concat(" ~ letters_of("concat(family_name, given_name)") ~ ", '|', "
                ~ kana_fold("concat(family_kana, given_kana)") ~ ", '|', phone, '|', postcode)"
            ) }}
    end
{%- endmacro %}

{#- Who has no member id is told apart by his mail address. -#}
{% macro guest_mail() -%} case when member_id is null then {{ normalised_mail('mail') }} end {%- endmacro %}
