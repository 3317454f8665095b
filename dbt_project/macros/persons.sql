{#- What exports say of people, brought to one shape; variants of characters (髙, 﨑) stay what they are. -#}

{#- Full-width letters, digits and signs as ASCII; the dashes that stand between digits, too. -#}
{% macro folded(column) -%}
    trim(translate(
        {{ column }},
        '＠．＿－＋　０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ（）／：',
        '@._-+ 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()/:'
    ))
{%- endmacro %}

{#- Width, case and blanks do not make another mail address. -#}
{% macro normalised_mail(column) -%} nullif(lower({{ folded(column) }}), '') {%- endmacro %}

{% macro digits_of(column) -%} nullif(regexp_replace({{ folded(column) }}, '[^0-9]', '', 'g'), '') {%- endmacro %}

{#- Seven digits; a zero that a spreadsheet took from the front comes back. -#}
{% macro postcode_of(column) -%}
    case length({{ digits_of(column) }})
        when 6 then '0' || {{ digits_of(column) }}
        else {{ digits_of(column) }}
    end
{%- endmacro %}

{#- Ten or eleven digits from 0 on, also from +81 and where a spreadsheet took the 0; nothing where carts write
    000-0000-0000, and nothing where too few or too many are left. -#}
{% macro phone_of(column) -%}
    {%- set national = "regexp_replace(" ~ digits_of(column) ~ ", '^(0{0,2}81)0?([1-9][0-9]{8,9})$', '0\\2')" -%}
    case
        when {{ fits(national, '0+') }} then null
        when {{ fits(national, '0[0-9]{9,10}') }} then {{ national }}
        when {{ fits(national, '[1-9][0-9]{8,9}') }} then '0' || {{ national }}
    end
{%- endmacro %}

{#- Full-width katakana without blanks from hiragana and half-width kana; a half-width voice mark joins its kana. -#}
{% macro kana_of(column) -%}
    nullif(nfc_normalize(translate(
        replace({{ folded(column) }}, ' ', ''),
        'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ',
        'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン' || chr(12441) || chr(12442)
    )), '')
{%- endmacro %}

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
        {{ filled(own) }},
        {% if part == 'family' -%}
        split_part(trim(replace({{ whole }}, '　', ' ')), ' ', 1)
        {%- else -%}
        nullif(trim(substr(
            trim(replace({{ whole }}, '　', ' ')), 1 + length(split_part(trim(replace({{ whole }}, '　', ' ')), ' ', 1))
        )), '')
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
    nullif({{ name_part('family_name', 'full_name', 'family') }}, '') as family_name,
    {{ name_part('given_name', 'full_name', 'given') }} as given_name,
    nullif({{ name_part('family_kana', 'full_kana', 'family') }}, '') as family_kana,
    {{ name_part('given_kana', 'full_kana', 'given') }} as given_kana,
    {{ postcode_of('postcode') }} as postcode,
    {{ filled('prefecture') }} as prefecture,
    nullif(concat({{ filled('city') }}, {{ filled('address1') }}), '') as address1,
    {{ filled('address2') }} as address2,
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
                "concat(" ~ folded("concat(family_name, given_name)") ~ ", '|', "
                ~ kana_of("concat(family_kana, given_kana)") ~ ", '|', phone, '|', postcode)"
            ) }}
    end
{%- endmacro %}

{#- Who has no member id is told apart by his mail address. -#}
{% macro guest_mail() -%} case when member_id is null then {{ normalised_mail('mail') }} end {%- endmacro %}
