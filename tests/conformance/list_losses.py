"""Paths that the loaders of lists do not read, of each real list: a new one fails until somebody has looked at it."""

from __future__ import annotations

# Name of the list: what its paths begin with, and the rest of each.
LOSSES = {
    "sdn": (
        "sdnList/sdnEntry/",
        """
        addressList/address/address1
        addressList/address/address2
        addressList/address/address3
        addressList/address/city
        addressList/address/country: not a country
        addressList/address/postalCode
        addressList/address/stateOrProvince
        addressList/address/uid
        akaList/aka/uid
        citizenshipList/citizenship/country: not a country
        citizenshipList/citizenship/mainEntry
        citizenshipList/citizenship/uid
        dateOfBirthList/dateOfBirthItem/mainEntry
        dateOfBirthList/dateOfBirthItem/uid
        idList/id/expirationDate
        idList/id/idCountry
        idList/id/idNumber: check digit
        idList/id/idNumber: other kinds
        idList/id/issueDate
        idList/id/uid
        nationalityList/nationality/country: not a country
        nationalityList/nationality/mainEntry
        nationalityList/nationality/uid
        placeOfBirthList/placeOfBirthItem/mainEntry
        placeOfBirthList/placeOfBirthItem/placeOfBirth
        placeOfBirthList/placeOfBirthItem/uid
        title
        vesselInfo/callSign
        vesselInfo/grossRegisteredTonnage
        vesselInfo/tonnage
        vesselInfo/vesselFlag: not a country
        vesselInfo/vesselOwner
        vesselInfo/vesselType
        """,
    ),
    "consolidated": (
        "sdnList/sdnEntry/",
        """
        addressList/address/address1
        addressList/address/address2
        addressList/address/address3
        addressList/address/city
        addressList/address/country: not a country
        addressList/address/postalCode
        addressList/address/stateOrProvince
        addressList/address/uid
        akaList/aka/uid
        citizenshipList/citizenship/mainEntry
        citizenshipList/citizenship/uid
        dateOfBirthList/dateOfBirthItem/mainEntry
        dateOfBirthList/dateOfBirthItem/uid
        idList/id/idCountry
        idList/id/idNumber: other kinds
        idList/id/uid
        nationalityList/nationality/country: not a country
        nationalityList/nationality/mainEntry
        nationalityList/nationality/uid
        placeOfBirthList/placeOfBirthItem/mainEntry
        placeOfBirthList/placeOfBirthItem/placeOfBirth
        placeOfBirthList/placeOfBirthItem/uid
        """,
    ),
    "csv": (
        "",
        """
        ADD.CSV/Add_Remarks
        ADD.CSV/Add_num
        ADD.CSV/Address
        ADD.CSV/City
        ADD.CSV/Country: not a country
        ALT.CSV/alt_name: repeated
        ALT.CSV/alt_num
        COMMENTS.CSV/Remarks: entry not in SDN.CSV
        SDN.CSV/Call_Sign
        SDN.CSV/GRT
        SDN.CSV/Remarks: check digit
        SDN.CSV/Remarks: not a country
        SDN.CSV/Remarks: not a date
        SDN.CSV/Title
        SDN.CSV/Tonnage
        SDN.CSV/Vess_flag: not a country
        SDN.CSV/Vess_owner
        SDN.CSV/Vess_type
        """,
    ),
    "eu": (
        "export",
        """
        /sanctionEntity/address/contactInfo@key
        /sanctionEntity/address/contactInfo@value
        /sanctionEntity/address/regulationSummary@numberTitle
        /sanctionEntity/address/regulationSummary@publicationDate
        /sanctionEntity/address/regulationSummary@publicationUrl
        /sanctionEntity/address/regulationSummary@regulationType
        /sanctionEntity/address/remark
        /sanctionEntity/address@asAtListingTime
        /sanctionEntity/address@city
        /sanctionEntity/address@countryDescription
        /sanctionEntity/address@logicalId
        /sanctionEntity/address@place
        /sanctionEntity/address@poBox
        /sanctionEntity/address@region
        /sanctionEntity/address@regulationLanguage
        /sanctionEntity/address@street
        /sanctionEntity/address@zipCode
        /sanctionEntity/birthdate/regulationSummary@numberTitle
        /sanctionEntity/birthdate/regulationSummary@publicationDate
        /sanctionEntity/birthdate/regulationSummary@publicationUrl
        /sanctionEntity/birthdate/regulationSummary@regulationType
        /sanctionEntity/birthdate/remark
        /sanctionEntity/birthdate: not a date
        /sanctionEntity/birthdate@city
        /sanctionEntity/birthdate@countryDescription
        /sanctionEntity/birthdate@countryIso2Code
        /sanctionEntity/birthdate@logicalId
        /sanctionEntity/birthdate@place
        /sanctionEntity/birthdate@region
        /sanctionEntity/birthdate@regulationLanguage
        /sanctionEntity/citizenship/regulationSummary@numberTitle
        /sanctionEntity/citizenship/regulationSummary@publicationDate
        /sanctionEntity/citizenship/regulationSummary@publicationUrl
        /sanctionEntity/citizenship/regulationSummary@regulationType
        /sanctionEntity/citizenship/remark
        /sanctionEntity/citizenship@countryDescription
        /sanctionEntity/citizenship@countryIso2Code: not a country
        /sanctionEntity/citizenship@logicalId
        /sanctionEntity/citizenship@region
        /sanctionEntity/citizenship@regulationLanguage
        /sanctionEntity/identification/regulationSummary@numberTitle
        /sanctionEntity/identification/regulationSummary@publicationDate
        /sanctionEntity/identification/regulationSummary@publicationUrl
        /sanctionEntity/identification/regulationSummary@regulationType
        /sanctionEntity/identification/remark
        /sanctionEntity/identification@countryDescription
        /sanctionEntity/identification@countryIso2Code
        /sanctionEntity/identification@diplomatic
        /sanctionEntity/identification@identificationTypeDescription
        /sanctionEntity/identification@issueDate
        /sanctionEntity/identification@issuedBy
        /sanctionEntity/identification@knownExpired
        /sanctionEntity/identification@logicalId
        /sanctionEntity/identification@nameOnDocument
        /sanctionEntity/identification@number: known to be false
        /sanctionEntity/identification@number: other kinds
        /sanctionEntity/identification@region
        /sanctionEntity/identification@regulationLanguage
        /sanctionEntity/identification@reportedLost
        /sanctionEntity/identification@revokedByIssuer
        /sanctionEntity/identification@validFrom
        /sanctionEntity/identification@validTo
        /sanctionEntity/nameAlias/regulationSummary@numberTitle
        /sanctionEntity/nameAlias/regulationSummary@publicationDate
        /sanctionEntity/nameAlias/regulationSummary@publicationUrl
        /sanctionEntity/nameAlias/regulationSummary@regulationType
        /sanctionEntity/nameAlias/remark
        /sanctionEntity/nameAlias@firstName
        /sanctionEntity/nameAlias@function
        /sanctionEntity/nameAlias@gender
        /sanctionEntity/nameAlias@lastName
        /sanctionEntity/nameAlias@logicalId
        /sanctionEntity/nameAlias@middleName
        /sanctionEntity/nameAlias@regulationLanguage
        /sanctionEntity/nameAlias@title
        /sanctionEntity/nameAlias@wholeName: repeated
        /sanctionEntity/regulation/publicationUrl
        /sanctionEntity/regulation@entryIntoForceDate
        /sanctionEntity/regulation@logicalId
        /sanctionEntity/regulation@numberTitle
        /sanctionEntity/regulation@organisationType
        /sanctionEntity/regulation@publicationDate
        /sanctionEntity/regulation@regulationType
        /sanctionEntity/subjectType@code
        /sanctionEntity@designationDetails
        @globalFileId
        """,
    ),
    "uk": (
        "Designations/Designation/",
        """
        Addresses/Address/AddressLine1
        Addresses/Address/AddressLine6
        DesignationSource
        LastUpdated
        SanctionsImposed
        """,
    ),
    "ftm": (
        "",
        """
        Address
        first_seen
        last_change
        last_seen
        properties/addressEntity
        properties/birthPlace
        properties/createdAt
        properties/firstName
        properties/gender
        properties/lastName
        properties/position
        properties/title
        target
        """,
    ),
}


def known_losses(name: str) -> set[str]:
    start, rest = LOSSES[name]
    return {start + line.strip() for line in rest.strip().splitlines()}
