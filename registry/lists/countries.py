"""Countries of lists as codes of ISO 3166-1: what a file writes must be such a code, or a name of this table letter for letter.

Names are those of the lists and of ISO; nothing is guessed of adjectives (*Palestinian*), regions (*Crimea*) or states that are gone (CS, YU).
"""

from __future__ import annotations

TABLE = """
AD Andorra
AE United Arab Emirates|UAE
AF Afghanistan
AG Antigua & Barbuda|Antigua and Barbuda
AI Anguilla
AL Albania
AM Armenia
AO Angola
AQ Antarctica
AR Argentina
AS American Samoa
AT Austria
AU Australia
AW Aruba
AX Åland Islands|Aland Islands
AZ Azerbaijan
BA Bosnia & Herzegovina|Bosnia and Herzegovina
BB Barbados
BD Bangladesh
BE Belgium
BF Burkina Faso
BG Bulgaria
BH Bahrain
BI Burundi
BJ Benin
BL St. Barthélemy|Saint Barthelemy
BM Bermuda
BN Brunei|Brunei Darussalam
BO Bolivia|Bolivia (Plurinational State of)
BQ Caribbean Netherlands
BR Brazil
BS Bahamas|Bahamas, The|The Bahamas
BT Bhutan
BV Bouvet Island
BW Botswana
BY Belarus
BZ Belize
CA Canada
CC Cocos (Keeling) Islands
CD Congo - Kinshasa|Congo, Democratic Republic of the|Democratic Republic of the Congo|Congo (Democratic Republic)|Congo, The Democratic Republic of the|DR Congo
CF Central African Republic
CG Congo - Brazzaville|Congo, Republic of the|Republic of the Congo|Congo
CH Switzerland
CI Côte d'Ivoire|Cote d Ivoire|Cote d'Ivoire|Ivory Coast
CK Cook Islands
CL Chile
CM Cameroon
CN China
CO Colombia
CR Costa Rica
CU Cuba
CV Cape Verde|Cabo Verde
CW Curaçao|Curacao
CX Christmas Island
CY Cyprus
CZ Czechia|Czech Republic
DE Germany
DJ Djibouti
DK Denmark
DM Dominica
DO Dominican Republic
DZ Algeria
EC Ecuador
EE Estonia
EG Egypt
EH Western Sahara
ER Eritrea
ES Spain
ET Ethiopia
FI Finland
FJ Fiji
FK Falkland Islands
FM Micronesia|Micronesia, Federated States of|Federated States of Micronesia
FO Faroe Islands
FR France
GA Gabon
GB United Kingdom|United Kingdom of Great Britain and Northern Ireland|Great Britain|UK
GD Grenada
GE Georgia
GF French Guiana
GG Guernsey
GH Ghana
GI Gibraltar
GL Greenland
GM Gambia|The Gambia|Gambia, The
GN Guinea
GP Guadeloupe
GQ Equatorial Guinea
GR Greece
GS South Georgia & South Sandwich Islands
GT Guatemala
GU Guam
GW Guinea-Bissau
GY Guyana
HK Hong Kong|Hong Kong Special Administrative Region|China, Hong Kong Special Administrative Region|Hong Kong SAR China
HM Heard & McDonald Islands
HN Honduras
HR Croatia
HT Haiti
HU Hungary
ID Indonesia
IE Ireland
IL Israel
IM Isle of Man|Man, Isle of
IN India
IO British Indian Ocean Territory
IQ Iraq
IR Iran|Iran (Islamic Republic of)|Islamic Republic of Iran
IS Iceland
IT Italy
JE Jersey
JM Jamaica
JO Jordan
JP Japan
KE Kenya
KG Kyrgyzstan
KH Cambodia
KI Kiribati
KM Comoros|Union of the Comoros
KN St. Kitts & Nevis|Saint Kitts and Nevis|St. Kitts and Nevis|St Kitts and Nevis
KP North Korea|Korea, North|Democratic People's Republic of Korea|Korea, Democratic People's Republic of|DPRK|Korea (Democratic People's Republic of)
KR South Korea|Korea, South|Republic of Korea|Korea, Republic of|Korea (Republic of)
KW Kuwait
KY Cayman Islands
KZ Kazakhstan
LA Laos|Lao People's Democratic Republic
LB Lebanon
LC St. Lucia|Saint Lucia
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania
LU Luxembourg
LV Latvia
LY Libya
MA Morocco
MC Monaco
MD Moldova|Republic of Moldova|Moldova, Republic of|Moldova (Republic of)
ME Montenegro
MF St. Martin|Saint Martin
MG Madagascar
MH Marshall Islands
MK North Macedonia|North Macedonia, The Republic of|Republic of North Macedonia
ML Mali
MM Myanmar (Burma)|Burma|Myanmar
MN Mongolia
MO Macau|Macao|China, Macao Special Administrative Region|Macao SAR China
MP Northern Mariana Islands
MQ Martinique
MR Mauritania
MS Montserrat
MT Malta
MU Mauritius
MV Maldives
MW Malawi
MX Mexico
MY Malaysia
MZ Mozambique
NA Namibia
NC New Caledonia
NE Niger
NF Norfolk Island
NG Nigeria
NI Nicaragua
NL Netherlands|The Netherlands|Netherlands, The
NO Norway
NP Nepal
NR Nauru
NU Niue
NZ New Zealand
OM Oman
PA Panama
PE Peru
PF French Polynesia
PG Papua New Guinea
PH Philippines|The Philippines
PK Pakistan
PL Poland
PM St. Pierre & Miquelon|Saint Pierre and Miquelon
PN Pitcairn Islands
PR Puerto Rico
PS Palestinian Territories|State of Palestine|Palestine, State of|Palestine
PT Portugal
PW Palau
PY Paraguay
QA Qatar
RE Réunion|Reunion
RO Romania
RS Serbia
RU Russia|Russian Federation
RW Rwanda
SA Saudi Arabia
SB Solomon Islands
SC Seychelles
SD Sudan
SE Sweden
SG Singapore
SH St. Helena|Saint Helena
SI Slovenia
SJ Svalbard & Jan Mayen|Svalbard and Jan Mayen
SK Slovakia
SL Sierra Leone
SM San Marino
SN Senegal
SO Somalia
SR Suriname
SS South Sudan
ST São Tomé & Príncipe|Sao Tome and Principe
SV El Salvador
SX Sint Maarten
SY Syria|Syrian Arab Republic
SZ Eswatini|Swaziland
TC Turks & Caicos Islands|Turks and Caicos Islands
TD Chad
TF French Southern Territories
TG Togo
TH Thailand
TJ Tajikistan
TK Tokelau
TL Timor-Leste|East Timor
TM Turkmenistan
TN Tunisia
TO Tonga
TR Türkiye|Turkey
TT Trinidad & Tobago|Trinidad and Tobago
TV Tuvalu
TW Taiwan|Taiwan, Province of China
TZ Tanzania|United Republic of Tanzania|Tanzania, United Republic of
UA Ukraine
UG Uganda
UM U.S. Outlying Islands
US United States|United States of America|USA
UY Uruguay
UZ Uzbekistan
VA Vatican City|Holy See
VC St. Vincent & Grenadines|Saint Vincent and the Grenadines|St. Vincent and the Grenadines|St Vincent and the Grenadines
VE Venezuela|Venezuela (Bolivarian Republic of)|Venezuela, Bolivarian Republic of
VG British Virgin Islands|Virgin Islands, British
VI U.S. Virgin Islands|Virgin Islands, U.S.|United States Virgin Islands
VN Vietnam|Viet Nam
VU Vanuatu
WF Wallis & Futuna|Wallis and Futuna
WS Samoa
YE Yemen
YT Mayotte
ZA South Africa
ZM Zambia
ZW Zimbabwe
"""
NAMES = {name.casefold(): row[:2] for row in TABLE.strip().splitlines() for name in row[3:].split("|")}
CODES = frozenset(NAMES.values())


def country_code(text: str) -> str:
    """The code of ISO 3166-1 alpha-2; empty for what is neither a code nor a name of the table."""
    text = " ".join(text.replace("\u2019", "'").split())
    return text.upper() if text.upper() in CODES else NAMES.get(text.casefold(), "")
