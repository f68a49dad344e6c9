"""Small lists with invented names, one for each format, which have every path that its loader consumes."""

import io
import json
import zipfile

OFAC = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://example.org/exports/XML">
  <publshInformation><Publish_Date>05/07/2024</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>101</uid><firstName>John</firstName><lastName>DOE</lastName><title>Director</title><sdnType>Individual</sdnType>
    <remarks>(Linked To: EXAMPLE TRADING)</remarks>
    <programList><program>DPRK3</program><program>NPWMD</program></programList>
    <akaList>
      <aka><uid>1</uid><type>a.k.a.</type><category>strong</category><firstName>Jon</firstName><lastName>DOW</lastName></aka>
      <aka><uid>2</uid><type>f.k.a.</type><category>strong</category><lastName>ROE</lastName></aka>
      <aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>JD</lastName></aka>
    </akaList>
    <dateOfBirthList>
      <dateOfBirthItem><uid>4</uid><dateOfBirth>circa 1965</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
      <dateOfBirthItem><uid>5</uid><dateOfBirth>a long time ago</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
    </dateOfBirthList>
    <nationalityList><nationality><country>Korea, North</country></nationality></nationalityList>
    <citizenshipList><citizenship><country>Burma</country></citizenship></citizenshipList>
    <addressList><address><city>Dandong</city><country>China</country></address></addressList>
    <idList><id><idType>Passport</idType><idNumber>A 123</idNumber></id></idList>
  </sdnEntry>
  <sdnEntry>
    <uid>102</uid><lastName>SAMPLE STAR</lastName><sdnType>Vessel</sdnType>
    <programList><program>DPRK3</program></programList>
    <idList>
      <id><idType>Vessel Registration Identification</idType><idNumber>IMO 1234567</idNumber></id>
      <id><idType>Vessel Registration Identification</idType><idNumber>IMO 1234568</idNumber></id>
      <id><idType>MMSI</idType><idNumber>445123456</idNumber></id>
      <id><idType>Gender</idType><idNumber>none</idNumber></id>
    </idList>
    <vesselInfo><vesselFlag>Panama</vesselFlag></vesselInfo>
  </sdnEntry>
</sdnList>
"""

EU = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-05-13T17:44:28.283+02:00" globalFileId="1">
  <sanctionEntity designationDate="2013-02-18" unitedNationId="KPi.900" euReferenceNumber="EU.1.2" logicalId="1">
    <remark>Head of an example.</remark>
    <regulation programme="PRK" logicalId="9"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias wholeName="Jean Exemple" nameLanguage="FR" strong="true" logicalId="10"/>
    <nameAlias wholeName="리예제" nameLanguage="KO" strong="true" logicalId="11"/>
    <nameAlias wholeName="Ri Ye Je" nameLanguage="" strong="true" logicalId="12"/>
    <nameAlias wholeName="Ри Йе Дже" nameLanguage="BG" strong="true" logicalId="13"/>
    <nameAlias wholeName="Teacher Ri" nameLanguage="EN" strong="false" logicalId="14"/>
    <citizenship countryIso2Code="KP"/>
    <birthdate circa="true" calendarType="GREGORIAN" year="1960" monthOfYear="3" dayOfMonth="2"/>
    <birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1953" yearRangeTo="1958"/>
    <birthdate circa="false" calendarType="GREGORIAN" birthdate="1961-01-01"/>
    <birthdate circa="false" calendarType="ISLAMIC" year="1343"/>
    <birthdate circa="false" calendarType="GREGORIAN" city="Hamhung"/>
    <address countryIso2Code="CN" city="Dandong"/><address countryIso2Code="00" city="nowhere"/>
    <identification number="A123" identificationTypeCode="passport" knownFalse="false"/>
    <identification number="B456" identificationTypeCode="passport" knownFalse="true"/>
    <identification number="5342883" identificationTypeCode="imo" knownFalse="false"/>
  </sanctionEntity>
  <sanctionEntity logicalId="2" euReferenceNumber="">
    <regulation programme="UKR"/>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Muster Bank AG" nameLanguage="DE" strong="true"/>
  </sanctionEntity>
</export>
"""

UK = """<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <DateGenerated>02/09/2026</DateGenerated>
  <Designation>
    <UniqueID>DPR0901</UniqueID><OFSIGroupID>12703</OFSIGroupID><UNReferenceNumber>KPi.900</UNReferenceNumber>
    <DateDesignated>29/06/2012</DateDesignated>
    <Names>
      <Name><Name1>Ye</Name1><Name2>Je</Name2><Name3>A</Name3><Name4>B</Name4><Name5>C</Name5><Name6>RI</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name6>Lee Ye-je</Name6><NameType>Alias</NameType><AliasStrength>Good quality a.k.a</AliasStrength></Name>
      <Name><Name6>Teacher Ri</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
    </Names>
    <NonLatinNames>
      <NonLatinName><NameNonLatinScript>리예제</NameNonLatinScript><NonLatinScriptLanguage>Korean</NonLatinScriptLanguage></NonLatinName>
      <NonLatinName><NameNonLatinScript>李例題</NameNonLatinScript><NonLatinScriptLanguage>Signs</NonLatinScriptLanguage></NonLatinName>
    </NonLatinNames>
    <RegimeName>The Example Regulations 2019</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
    <OtherInformation>An example.</OtherInformation><UKStatementofReasons>Because.</UKStatementofReasons>
    <Addresses><Address><AddressLine6>Dandong</AddressLine6><AddressCountry>China</AddressCountry></Address></Addresses>
    <IndividualDetails><Individual>
      <DOBs><DOB>dd/mm/1945</DOB><DOB>02/03/1946</DOB><DOB>31/02/1947</DOB></DOBs>
      <Nationalities><Nationality>North Korea</Nationality><Nationality>Atlantis</Nationality></Nationalities>
      <PassportDetails><Passport><PassportNumber>A123</PassportNumber></Passport></PassportDetails>
      <NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>7</NationalIdentifierNumber></NationalIdentifier></NationalIdentifierDetails>
    </Individual></IndividualDetails>
  </Designation>
  <Designation>
    <UniqueID>DPR0902</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip>
    <Names><Name><Name6>SAMPLE STAR</Name6><NameType>Primary Name</NameType></Name></Names>
    <ShipDetails><Ship>
      <IMONumbers><IMONumber>1234567</IMONumber></IMONumbers>
      <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Panama</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
    </Ship></ShipDetails>
  </Designation>
  <Designation>
    <UniqueID>DPR0903</UniqueID><IndividualEntityShip>Entity</IndividualEntityShip>
    <Names><Name><Name6>EXAMPLE TRADING</Name6><NameType>Primary Name</NameType></Name></Names>
    <EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>99</BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity></EntityDetails>
  </Designation>
</Designations>
"""

UK_HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name type,Alias strength,Name non-latin script,"
    "Non-latin script language,Regime Name,Designation Type,Date Designated,D.O.B,Nationality(/ies),Address Country,Passport number,"
    "Business registration number (s),IMO number,Current believed flag of ship,Other Information"
)
UK_CSV = f"""Report Date: 13-Feb-2026
{UK_HEADER}
12/01/2022,DPR0901,12703,KPi.900,RI,Ye,Je,Primary Name,,리예제,Korean,Example,Individual,29/06/2012,dd/mm/1945,North Korea|Atlantis,China,A123,,,,An example.
12/01/2022,DPR0902,,,SAMPLE STAR,,,Primary Name,,,,Example,Ship,30/06/2012,,,,,,1234567,Panama,
12/01/2022,DPR0901,12703,KPi.900,Teacher Ri,,,Alias,Low quality a.k.a,리예제,Korean,Example,Individual,29/06/2012,00/00/1946,,China,A123,,,,An example.
"""

SDN = """101,"DOE, John","individual","NPWMD] [DPRK3","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB circa 1965; alt. DOB long ago; nationality Korea, North; a.k.a. 'DOW, Jon'; Linked To: EXAMPLE TRADING."
102,"SAMPLE STAR","vessel","DPRK3",-0- ,"CALL",-0- ,-0- ,-0- ,"Panama",-0- ,"Vessel Registration Identification IMO 1234567; MMSI 445123456."
103,"EXAMPLE TRADING",-0- ,"DPRK3",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
\x1a"""
ADD = """101,1,-0- ,"Dandong","China",-0- \n102,2,-0- ,-0- ,"Atlantis",-0- \n"""
ALT = """103,1,"aka","EXAMPEL TRADING",-0- \n103,2,"fka","SPECIMEN TRADING",-0- \n"""
OFAC_CSV = {"SDN.CSV": SDN, "ADD.CSV": ADD, "ALT.CSV": ALT}

FTM_ENTITIES = [
    {
        "id": "NK-1",
        "caption": "Ri Ye Je",
        "schema": "Person",
        "properties": {
            "name": ["李例題", "Ri Ye Je"],
            "alias": ["Lee Ye-je"],
            "weakAlias": ["Teacher Ri"],
            "previousName": ["Ri Il"],
            "birthDate": ["1945", "long ago"],
            "nationality": ["kp", "suhh"],
            "country": ["cn"],
            "passportNumber": ["A123"],
            "wikidataId": ["Q1"],
            "notes": ["An example."],
            "topics": ["sanction", "role.pep"],
            "position": ["Director"],
            "sanctions": [{"id": "s", "schema": "Sanction", "properties": {"listingDate": ["2013-02-18"], "authority": ["Example"]}}],
        },
        "referents": ["ofac-101", "eu-fsf-eu-1-2", "xx-7"],
        "datasets": ["us_ofac_sdn", "eu_fsf"],
    },
    {"id": "V-1", "schema": "Vessel", "properties": {"name": ["Sample Star"], "imoNumber": ["IMO1234567", "1234568"], "topics": ["sanction.linked"]}},
    {"id": "C-1", "schema": "Company", "properties": {"name": ["Plain Trading"], "topics": ["corp.public"]}},
    {"id": "A-1", "schema": "Address", "properties": {"full": ["Dandong"]}},
]  # fmt: skip
FTM = "\n".join(json.dumps(each, ensure_ascii=False) for each in FTM_ENTITIES) + "\n"


def zipped(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def ods(rows):
    """A spreadsheet with these rows of texts, empty to the edges of the sheet as office programs write it."""
    cells = [
        "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        for row in rows
    ]
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    body = "".join(
        f'<table:table-row>{row}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>' for row in cells
    )
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="List">{body}{rest}</table:table></office:spreadsheet></office:body></office:document-content>'
    )


def read(module, folder, content, name="list.xml"):
    """(entries by their references, contents) of a file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    contents = module.read(path)
    return {entry.ref: entry for entry in contents.entries}, contents


def names(entry):
    return [(name.text, name.kind, name.language) for name in entry.names]
