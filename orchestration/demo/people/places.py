"""Where the invented people live: the capital of each prefecture, drawn by population."""

from dataclasses import dataclass
from itertools import chain

# prefecture, capital, first digits of its post codes, population in 100,000; the line's number is the id
_TABLE = """
北海道 札幌市中央区 060 52
青森県 青森市 030 12
岩手県 盛岡市 020 12
宮城県 仙台市青葉区 980 23
秋田県 秋田市 010 9
山形県 山形市 990 11
福島県 福島市 960 18
茨城県 水戸市 310 29
栃木県 宇都宮市 320 19
群馬県 前橋市 371 19
埼玉県 さいたま市浦和区 330 73
千葉県 千葉市中央区 260 63
東京都 新宿区 160 140
神奈川県 横浜市中区 231 92
新潟県 新潟市中央区 951 22
富山県 富山市 930 10
石川県 金沢市 920 11
福井県 福井市 910 8
山梨県 甲府市 400 8
長野県 長野市 380 20
岐阜県 岐阜市 500 20
静岡県 静岡市葵区 420 36
愛知県 名古屋市中区 460 75
三重県 津市 514 18
滋賀県 大津市 520 14
京都府 京都市中京区 604 26
大阪府 大阪市中央区 540 88
兵庫県 神戸市中央区 650 55
奈良県 奈良市 630 13
和歌山県 和歌山市 640 9
鳥取県 鳥取市 680 6
島根県 松江市 690 7
岡山県 岡山市北区 700 19
広島県 広島市中区 730 28
山口県 山口市 753 13
徳島県 徳島市 770 7
香川県 高松市 760 10
愛媛県 松山市 790 13
高知県 高知市 780 7
福岡県 福岡市中央区 810 51
佐賀県 佐賀市 840 8
長崎県 長崎市 850 13
熊本県 熊本市中央区 860 17
大分県 大分市 870 11
宮崎県 宮崎市 880 11
鹿児島県 鹿児島市 890 16
沖縄県 那覇市 900 15
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A prefecture (id 1 to 47 as everywhere in Japan) and its capital."""

    prefecture_id: int
    prefecture: str
    city: str
    postcode_start: str


def _people_of(prefecture_id: int, line: str) -> tuple[Place, ...]:
    prefecture, city, postcode_start, weight = line.split()
    place = Place(
        prefecture_id=prefecture_id, prefecture=prefecture, city=city, postcode_start=postcode_start
    )
    return (place,) * int(weight)


# one entry for every 100,000 people
PLACES = tuple(chain.from_iterable(map(_people_of, range(1, 48), _TABLE.strip().splitlines())))
