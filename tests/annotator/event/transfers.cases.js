/**
 * Sentences on transfers, sales, payments, listings, returns and enforcement with their marks, and who fills which role: written
 * before the code was changed for them. What is offered beyond that is wrong. The second half was not looked at meanwhile.
 */
export const OPEN = [
  [
    "The tanker [V:Haeryong 7] had [SHIP=transferred] [q:1,500 tonnes] of diesel to a [V:vessel] without lights.",
    { vessel: ["Haeryong 7"], quantity: ["1,500 tonnes"], taker: ["vessel"] },
  ],
  ["The [V:Haeryong 7] [SHIP=met] the [V:Saebyol] again on March 9, 2018.", { vessel: ["Haeryong 7"], counterpart: ["Saebyol"] }],
  [
    "The [V:Mokran] had [SHIP=met] with the [V:Songwon] in the [T:Yellow Sea].",
    { vessel: ["Mokran"], counterpart: ["Songwon"], place: ["Yellow Sea"] },
  ],
  [
    "Two [V:vessels], the [V:Mokran] and the [V:Songwon], [SHIP=transferred] [q:300 tonnes] of coal.",
    { vessel: ["Mokran", "Songwon"], quantity: ["300 tonnes"] },
  ],
  [
    "The [S:navy] said that two [V:tankers], the [V:Mokran] and the [V:Songwon], had [SHIP=met] off [T:Shanghai].",
    { vessel: ["Mokran", "Songwon"], place: ["Shanghai"] },
  ],
  [
    "[q:Some 2,000 tonnes] of gasoline were [SHIP=transferred] from the [V:Mokran] to the [V:Songwon] at night.",
    { quantity: ["Some 2,000 tonnes"], giver: ["Mokran"], taker: ["Songwon"] },
  ],
  ["The [V:Songwon] has since been [ENFORCE=seized] by the [S:coast guard].", { asset: ["Songwon"], authority: ["coast guard"] }],
  ["[C:Hanbit Shipping] denied that it [OWN=owned] the [V:Saebyol].", { owner: ["Hanbit Shipping"], owned: ["Saebyol"] }],
  [
    "[C:Hanbit Shipping] had been [TRADE=selling] fuel to [C:Daeyang] for [m:$620] a tonne.",
    { seller: ["Hanbit Shipping"], buyer: ["Daeyang"], price: ["$620"] },
  ],
  [
    "The [C:trader] is believed to have [TRADE=bought] [q:4,000 tonnes] from [C:Hanbit Shipping].",
    { buyer: ["trader"], quantity: ["4,000 tonnes"], seller: ["Hanbit Shipping"] },
  ],
  [
    "A [P:broker] in [T:Ulsan] had [PAY=paid] [m:$930,000] to [C:Hanbit Shipping] in March.",
    { payer: ["broker"], amount: ["$930,000"], recipient: ["Hanbit Shipping"] },
  ],
  ["The [I:committee] had already [DESIGNATE=listed] the [V:Chongun].", { authority: ["committee"], target: ["Chongun"] }],
  [
    "Two [C:companies], [C:Hanbit Shipping] and [C:Daeyang], were [DESIGNATE=listed] by the [S:Treasury] in June.",
    { authority: ["Treasury"], target: ["Hanbit Shipping", "Daeyang"] },
  ],
  [
    "The [S:Treasury] also [DESIGNATE=added] two [P:brokers], [P:Han Seok] and [P:Ri Myong], to its list.",
    { authority: ["Treasury"], target: ["Han Seok", "Ri Myong"] },
  ],
  [
    "[T:Poland] will have [REPATRIATE=sent back] the last [n:40] [G:welders] to [T:North Korea].",
    { agent: ["Poland"], count: ["40"], people: ["welders"], destination: ["North Korea"] },
  ],
  [
    "The [G:welders] could have [REPATRIATE=returned] to [T:North Korea] by train.",
    { people: ["welders"], destination: ["North Korea"] },
  ],
  [
    "[n:Sixty] [G:workers] are to be [REPATRIATE=sent home] by [C:the shipyard] before December.",
    { count: ["Sixty"], people: ["workers"], agent: ["the shipyard"] },
  ],
  ["The [S:coast guard] did not [ENFORCE=board] the [V:Saebyol].", { authority: ["coast guard"], asset: ["Saebyol"] }],
  [
    "The [V:Saebyol], a [V:tanker] of [C:Daeyang], [SHIP=received] [q:2,000 tonnes] from the [V:Chongun].",
    { vessel: ["Saebyol"], quantity: ["2,000 tonnes"], giver: ["Chongun"] },
  ],
  [
    "According to the [S:navy], the [V:Chongun] had [SHIP=delivered] fuel oil to another [V:ship] near [T:Nampo].",
    { vessel: ["Chongun"], taker: ["ship"], place: ["Nampo"] },
  ],
  [
    "[P:Han Seok] was [PAY=paid] [m:$40,000] by the [C:shipper].",
    { recipient: ["Han Seok"], amount: ["$40,000"], payer: ["shipper"] },
  ],
  [
    "The [C:yard] had hired and then [EMPLOY=employed] [n:200] [G:painters].",
    { employer: ["yard"], count: ["200"], worker: ["painters"] },
  ],
  ["The [V:Saebyol] [SHIP=rendezvoused] with an unnamed [V:tanker].", { vessel: ["Saebyol"], counterpart: ["tanker"] }],
  [
    "[S:Customs] had [ENFORCE=fined] its [C:agent], [C:Daeyang], [m:$12,000].",
    { authority: ["Customs"], subject: ["Daeyang"], amount: ["$12,000"] },
  ],
];

export const SHUT = [
  [
    "The [V:Kumgang 3] had secretly [SHIP=transferred] coal to a [V:barge] off [T:Haiphong].",
    { vessel: ["Kumgang 3"], taker: ["barge"], place: ["Haiphong"] },
  ],
  [
    "The [V:Kumgang 3] twice [SHIP=met] the [V:Paek Ma] in international waters.",
    { vessel: ["Kumgang 3"], counterpart: ["Paek Ma"] },
  ],
  ["The [V:Paek Ma] is said to have [SHIP=met] with a [V:freighter].", { vessel: ["Paek Ma"], counterpart: ["freighter"] }],
  [
    "Three [V:ships], the [V:Paek Ma], the [V:Kumgang 3] and the [V:Tae Yang], [SHIP=carried] [q:9,000 tonnes] of coal to " +
      "[T:Vietnam].",
    { vessel: ["Paek Ma", "Kumgang 3", "Tae Yang"], quantity: ["9,000 tonnes"], destination: ["Vietnam"] },
  ],
  [
    "A [S:coast guard] plane saw two [V:ships], the [V:Paek Ma] and the [V:Tae Yang], [SHIP=exchanging] fuel.",
    { vessel: ["Paek Ma", "Tae Yang"] },
  ],
  [
    "[q:600 barrels] had been [SHIP=loaded] onto the [V:Paek Ma] from the [V:Tae Yang].",
    { quantity: ["600 barrels"], taker: ["Paek Ma"], giver: ["Tae Yang"] },
  ],
  [
    "The [V:Tae Yang] would later be [ENFORCE=impounded] by [S:port officials].",
    { asset: ["Tae Yang"], authority: ["port officials"] },
  ],
  ["[C:Sunrise Marine] said it had never [OWN=owned] the [V:Tae Yang].", { owner: ["Sunrise Marine"], owned: ["Tae Yang"] }],
  [
    "[C:Sunrise Marine] may have [TRADE=sold] [q:5,000 tonnes] of coal to [C:Long Viet].",
    { seller: ["Sunrise Marine"], quantity: ["5,000 tonnes"], buyer: ["Long Viet"] },
  ],
  [
    "The coal was [TRADE=sold] by [C:Sunrise Marine] to two [C:buyers], [C:Long Viet] and [C:Hai Ha].",
    { seller: ["Sunrise Marine"], buyer: ["Long Viet", "Hai Ha"] },
  ],
  [
    "[C:Long Viet] has not [PAY=paid] [C:Sunrise Marine] the [m:$2 million].",
    { payer: ["Long Viet"], recipient: ["Sunrise Marine"], amount: ["$2 million"] },
  ],
  ["[I:The Council] has now [DESIGNATE=blacklisted] the [V:Tae Yang].", { authority: ["The Council"], target: ["Tae Yang"] }],
  [
    "Two [P:captains], [P:Pak Il] and [P:Jo Chol], were [DESIGNATE=sanctioned] by [T:Japan] on Monday.",
    { target: ["Pak Il", "Jo Chol"], authority: ["Japan"] },
  ],
  [
    "The [S:ministry] is [DESIGNATE=sanctioning] two [C:firms], [C:Long Viet] and [C:Hai Ha], for coal smuggling.",
    { authority: ["ministry"], target: ["Long Viet", "Hai Ha"] },
  ],
  [
    "[T:Kuwait] has [REPATRIATE=expelled] [n:90] [G:labourers] since May.",
    { agent: ["Kuwait"], count: ["90"], people: ["labourers"] },
  ],
  [
    "The [G:labourers] had all [REPATRIATE=gone] back to [T:North Korea].",
    { people: ["labourers"], destination: ["North Korea"] },
  ],
  [
    "[n:Thirty] [G:nurses] have been [REPATRIATE=recalled] by [S:the embassy] from [T:Kuwait].",
    { count: ["Thirty"], people: ["nurses"], agent: ["the embassy"], origin: ["Kuwait"] },
  ],
  [
    "[S:Inspectors] will [ENFORCE=search] the [V:Paek Ma] in [T:Busan].",
    { authority: ["Inspectors"], asset: ["Paek Ma"], place: ["Busan"] },
  ],
  [
    "The [V:Paek Ma], a [V:freighter] under a Togo flag, [SHIP=delivered] [q:700 tonnes] to [T:Nampo].",
    { vessel: ["Paek Ma"], quantity: ["700 tonnes"], destination: ["Nampo"] },
  ],
  [
    "In [T:Busan], the [S:police] have [ENFORCE=arrested] the ship's [P:captain], [P:Pak Il].",
    { authority: ["police"], subject: ["Pak Il"], place: ["Busan"] },
  ],
  [
    "[P:Jo Chol] had been [PAY=given] [m:$8,000] by [C:Hai Ha].",
    { recipient: ["Jo Chol"], amount: ["$8,000"], payer: ["Hai Ha"] },
  ],
  ["[C:Hai Ha] used to [EMPLOY=employ] [n:15] [G:divers].", { employer: ["Hai Ha"], count: ["15"], worker: ["divers"] }],
  ["The [V:Kumgang 3] was [SHIP=meeting] a smaller [V:boat] at dawn.", { vessel: ["Kumgang 3"], counterpart: ["boat"] }],
  [
    "The [S:ministry] [ENFORCE=charged] the [C:owner], [C:Sunrise Marine], in April.",
    { authority: ["ministry"], subject: ["Sunrise Marine"] },
  ],
];
