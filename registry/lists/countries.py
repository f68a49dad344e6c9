"""ISO 3166-1 codes of countries as the United Nations and sanctions lists spell them. A name that is not here has no code: it is not guessed."""

from __future__ import annotations

SPELLINGS = """
AE United Arab Emirates; AF Afghanistan; AL Albania; AM Armenia; AO Angola; AR Argentina; AT Austria; AU Australia; AZ Azerbaijan;
BA Bosnia and Herzegovina; BD Bangladesh; BE Belgium; BG Bulgaria; BH Bahrain; BI Burundi; BR Brazil; BY Belarus; CA Canada;
CD Democratic Republic of the Congo; CF Central African Republic; CG Congo; CH Switzerland; CI Côte d'Ivoire; CN China; CU Cuba;
CY Cyprus; CZ Czechia; DE Germany; DJ Djibouti; DK Denmark; DZ Algeria; EG Egypt; ER Eritrea; ES Spain; ET Ethiopia; FI Finland;
FR France; GB United Kingdom; GB United Kingdom of Great Britain and Northern Ireland; GE Georgia; GQ Equatorial Guinea; GR Greece;
GW Guinea-Bissau; HK China, Hong Kong Special Administrative Region; HK Hong Kong; HK Hong Kong Special Administrative Region; HT Haiti;
ID Indonesia; IN India; IQ Iraq; IR Iran; IR Iran (Islamic Republic of); IT Italy; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan;
KH Cambodia; KM Comoros; KM Union of the Comoros; KP Democratic People's Republic of Korea; KR Republic of Korea; KW Kuwait;
KZ Kazakhstan; LA Lao People's Democratic Republic; LB Lebanon; LI Liechtenstein; LK Sri Lanka; LY Libya; MA Morocco; MG Madagascar;
MH Marshall Islands; ML Mali; MM Myanmar; MN Mongolia; MO China, Macao Special Administrative Region; MR Mauritania; MX Mexico;
MY Malaysia; MZ Mozambique; NA Namibia; NE Niger; NG Nigeria; NL Netherlands; NL The Netherlands; NO Norway; OM Oman; PA Panama;
PH Philippines; PK Pakistan; PL Poland; PS State of Palestine; PT Portugal; QA Qatar; RU Russian Federation; RW Rwanda;
SA Saudi Arabia; SD Sudan; SE Sweden; SG Singapore; SN Senegal; SO Somalia; SS South Sudan; SY Syrian Arab Republic; TD Chad;
TH Thailand; TJ Tajikistan; TM Turkmenistan; TN Tunisia; TR Turkey; TR Türkiye; TT Trinidad and Tobago; TZ Tanzania;
TZ United Republic of Tanzania; UA Ukraine; UG Uganda; US United States of America; UZ Uzbekistan;
VE Venezuela (Bolivarian Republic of); VG British Virgin Islands; VN Viet Nam; YE Yemen; ZA South Africa; ZW Zimbabwe
"""
CODES = {name.casefold(): code for code, name in (each.strip().split(maxsplit=1) for each in SPELLINGS.split(";"))}


def country_code(name: str) -> str:
    """Two letters; empty for a spelling that is not known."""
    return CODES.get(" ".join(name.replace("’", "'").split()).casefold(), "")
