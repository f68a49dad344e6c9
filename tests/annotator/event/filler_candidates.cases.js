/**
 * Sentences with their marks, and who fills which role: written before the code was tried on them.
 * "[C:words]" is a mark (P person, G group, C company, S state body, I international body, M outlet, O organisation,
 * T territory, F facility, V vessel; n people, i items, m money, q quantity, d duration, s share), "[TRADE=words]" the
 * trigger. What is offered beyond that is wrong.
 */
export const CASES = [
  // Subjects and objects.
  [
    "[C:PDVSA] [TRADE=exported] [q:675,000 bpd] of crude and [q:245,000 bpd] of products to [T:China].",
    { seller: ["PDVSA"], quantity: ["675,000 bpd", "245,000 bpd"], destination: ["China"] },
  ],
  [
    "[C:PDVSA] [TRADE=imported] [q:30,000 bpd] of naphtha, mainly from [T:the United States] and [T:Europe].",
    { buyer: ["PDVSA"], quantity: ["30,000 bpd"], origin: ["the United States", "Europe"] },
  ],
  [
    "[T:Saudi Arabia] has [DISPATCH=deployed] [n:30,000] [G:soldiers] to its border with [T:Iraq].",
    { sender: ["Saudi Arabia"], count: ["30,000"], people: ["soldiers"] },
  ],
  [
    "A [C:medicine factory] in [T:Kaisantun], [T:Longjing City], [REPATRIATE=sent home] all of its [n:more than 70] " +
      "[G:North Korean workers] in mid-October 2017.",
    {
      agent: ["medicine factory"],
      count: ["more than 70"],
      people: ["North Korean workers"],
      origin: ["Kaisantun", "Longjing City"],
    },
  ],
  [
    "[S:The ministry] [PERMIT=granted] [n:20] visas to [G:students].",
    { authority: ["The ministry"], count: ["20"], holder: ["students"] },
  ],
  [
    "[C:Glocom] [TRADE=sold] radios to [S:the army] through [C:Pan Systems].",
    { seller: ["Glocom"], buyer: ["the army"], intermediary: ["Pan Systems"] },
  ],
  [
    "[T:Malaysia] [REPATRIATE=deported] [n:140] [G:labourers] last week.",
    { agent: ["Malaysia"], count: ["140"], people: ["labourers"] },
  ],
  [
    "[C:The mill] has [EMPLOY=hired] [n:40] new [G:seamstresses].",
    { employer: ["The mill"], count: ["40"], worker: ["seamstresses"] },
  ],
  [
    "[G:The workers] [PAY=handed over] [m:$300] to [S:the party] every month.",
    { payer: ["The workers"], amount: ["$300"], recipient: ["the party"] },
  ],
  [
    "[C:The company] [PAY=paid] [G:the sailors] [m:$2 million].",
    { payer: ["The company"], recipient: ["the sailors"], amount: ["$2 million"] },
  ],
  ["[G:Cooks] [PAY=earn] [m:$500] a month.", { recipient: ["Cooks"], amount: ["$500"] }],
  [
    "[S:The Treasury] [DESIGNATE=blacklisted] [C:Velmur] and [P:Irina Huish] on Tuesday.",
    { authority: ["The Treasury"], target: ["Velmur", "Irina Huish"] },
  ],
  [
    "[S:Customs officers] [ENFORCE=seized] [V:the Wise Honest] in [T:Pago Pago].",
    { authority: ["Customs officers"], asset: ["the Wise Honest"], place: ["Pago Pago"] },
  ],
  [
    "[C:Dandong Dongyuan] [OWN=owns] [s:60 %] of [C:the venture].",
    { owner: ["Dandong Dongyuan"], share: ["60 %"], owned: ["the venture"] },
  ],
  [
    "[V:The Jie Shun] [SHIP=carried] [i:30,000 grenades] from [T:Haeju] to [T:Egypt].",
    { vessel: ["The Jie Shun"], quantity: ["30,000 grenades"], origin: ["Haeju"], destination: ["Egypt"] },
  ],
  ["[T:North Korea] [TEST=launched] [i:two missiles] on Friday.", { actor: ["North Korea"], count: ["two missiles"] }],
  ["[I:The Council] [ADOPT=imposed] new sanctions on [T:North Korea].", { authority: ["The Council"], target: ["North Korea"] }],
  ["[S:The embassy] [DIRECT=told] [C:the restaurants] to close.", { issuer: ["The embassy"], addressee: ["the restaurants"] }],
  // No direct objects, subjects that move.
  [
    "[G:The workers] [REPATRIATE=returned] to [T:Pyongyang] from [T:Dandong].",
    { people: ["The workers"], destination: ["Pyongyang"], origin: ["Dandong"] },
  ],
  ["[n:170] [G:workers] [REPATRIATE=went home] in August.", { people: ["workers"], count: ["170"] }],
  ["[n:Some 70] [REPATRIATE=returned] last month.", { count: ["Some 70"] }],
  [
    "[G:Her colleagues] [EMPLOY=worked] at [C:a seafood plant] in [T:Hunchun].",
    { worker: ["Her colleagues"], employer: ["a seafood plant"], place: ["Hunchun"] },
  ],
  ["[V:The tanker] [SHIP=sailed] from [T:Nampo].", { vessel: ["The tanker"], origin: ["Nampo"] }],
  ["[G:Visitors] [DISPATCH=left] for [T:Vladivostok].", { people: ["Visitors"], destination: ["Vladivostok"] }],
  // Passives.
  [
    "[n:170] [G:workers] were [REPATRIATE=sent home] by [C:the factory].",
    { people: ["workers"], count: ["170"], agent: ["the factory"] },
  ],
  ["[G:Hundreds of men] have been [REPATRIATE=deported] from [T:Poland].", { people: ["Hundreds of men"], origin: ["Poland"] }],
  [
    "The coal was [TRADE=exported] by [C:Chosun Mining] to [C:Jinzhou Steel].",
    { seller: ["Chosun Mining"], buyer: ["Jinzhou Steel"] },
  ],
  ["[C:Two banks] were [DESIGNATE=sanctioned] by [S:the Treasury].", { target: ["Two banks"], authority: ["the Treasury"] }],
  [
    "[P:The captain] was not [ENFORCE=arrested] by [S:the coast guard].",
    { subject: ["The captain"], authority: ["the coast guard"] },
  ],
  ["[C:The firm] is [OWN=controlled] by [P:Chi Yupeng].", { owned: ["The firm"], owner: ["Chi Yupeng"] }],
  ["[G:The nurses] were being [PAY=paid] [m:$90] a week.", { recipient: ["The nurses"], amount: ["$90"] }],
  ["[G:The crew], [REPATRIATE=sent home] by [C:the owner], has not been paid.", { people: ["The crew"], agent: ["the owner"] }],
  ["[G:Labourers] [EMPLOY=employed] by [C:Rungrado] live in barracks.", { worker: ["Labourers"], employer: ["Rungrado"] }],
  [
    "[G:Teachers] will soon be [DISPATCH=sent] to [T:Laos] by [S:the education ministry].",
    { people: ["Teachers"], destination: ["Laos"], sender: ["the education ministry"] },
  ],
  ["[C:Koryo Bank] had its licence [PERMIT=revoked] by [S:the regulator].", { authority: ["the regulator"] }],
  // Nouns.
  [
    "The [REPATRIATE=return] of [n:170] [G:workers] to [T:North Korea] took a week.",
    { people: ["workers"], count: ["170"], destination: ["North Korea"] },
  ],
  ["Their [EMPLOY=dismissal] by [C:the factory] came early.", { employer: ["the factory"] }],
  ["[T:China]'s [TRADE=imports] of coal fell.", { buyer: ["China"] }],
  [
    "The [TRADE=sale] of coal by [C:Chosun Mining] to [C:Jinzhou Steel] was stopped.",
    { seller: ["Chosun Mining"], buyer: ["Jinzhou Steel"] },
  ],
  [
    "The [ENFORCE=arrest] of [P:the captain] by [S:the coast guard] was filmed.",
    { subject: ["the captain"], authority: ["the coast guard"] },
  ],
  [
    "[S:The regulator]'s [ENFORCE=fine] of [m:$2 million] surprised [C:the bank].",
    { authority: ["The regulator"], amount: ["$2 million"] },
  ],
  ["The [REPATRIATE=deportation] of [G:labourers] from [T:Qatar] goes on.", { people: ["labourers"], origin: ["Qatar"] }],
  ["The [DISPATCH=dispatch] of [G:doctors] to [T:Nepal] ended.", { people: ["doctors"], destination: ["Nepal"] }],
  // Infinitives and verbs in a row.
  ["[T:China] plans to [REPATRIATE=send back] [G:its workers].", { agent: ["China"], people: ["its workers"] }],
  [
    "[S:The ministry] ordered [C:the mill] to [EMPLOY=dismiss] [n:60] [G:weavers].",
    { employer: ["the mill"], count: ["60"], worker: ["weavers"] },
  ],
  ["[G:The men] were forced to [REPATRIATE=return] to [T:North Korea].", { people: ["The men"], destination: ["North Korea"] }],
  ["[C:The plant] closed and [REPATRIATE=sent home] [G:its welders].", { agent: ["The plant"], people: ["its welders"] }],
  [
    "[C:Glocom] bought parts in [T:Hong Kong] and [TRADE=sold] them to [T:Eritrea].",
    { seller: ["Glocom"], destination: ["Eritrea"] },
  ],
  ["[G:The builders] are likely to be [REPATRIATE=sent back] soon.", { people: ["The builders"] }],
  // Clauses that are not the trigger's.
  ["[G:Workers] who live in [T:Dalian] [PAY=pay] [m:$100] a month.", { payer: ["Workers"], amount: ["$100"] }],
  [
    "[P:The manager] told [M:Daily NK] that [C:the mill] had [EMPLOY=hired] [n:40] [G:women].",
    { employer: ["the mill"], count: ["40"], worker: ["women"] },
  ],
  ["[M:Daily NK] reports that [n:300] [G:women] were [EMPLOY=dismissed].", { worker: ["women"], count: ["300"] }],
  ["When [T:Russia] closed its border, [G:the loggers] [REPATRIATE=went home].", { people: ["the loggers"] }],
  [
    "After [S:the ministry] refused, [C:the agency] [DISPATCH=sent] [G:nurses] to [T:Kuwait].",
    { sender: ["the agency"], people: ["nurses"], destination: ["Kuwait"] },
  ],
  ["Officials of [S:the ministry] [DIRECT=warned] [C:the shops].", { addressee: ["the shops"] }],
  ["[C:PDVSA] tankers [SHIP=sailed] to [T:Cuba].", { destination: ["Cuba"] }],
  ["[P:A trader] in [T:Dandong] said the company [TRADE=sold] [q:40 t] of squid.", { quantity: ["40 t"] }],
  [
    "According to [P:a source], [C:the mill] [EMPLOY=employs] [n:300] [G:women].",
    { employer: ["the mill"], count: ["300"], worker: ["women"] },
  ],
  ["It was [S:the ministry] that [PERMIT=refused] the visas.", { authority: ["the ministry"] }],
  // Several of one kind.
  [
    "[T:China] and [T:Russia] [REPATRIATE=sent home] [G:cooks] and [G:waitresses].",
    { agent: ["China", "Russia"], people: ["cooks", "waitresses"] },
  ],
  [
    "[G:Cooks] from [T:Dalian], [T:Shenyang] and [T:Yanji] were [REPATRIATE=sent home].",
    { people: ["Cooks"], origin: ["Dalian", "Shenyang", "Yanji"] },
  ],
  [
    "[C:Korea Kumgang] [TRADE=exported] [q:5,000 t] of iron worth [m:$3 million].",
    { seller: ["Korea Kumgang"], quantity: ["5,000 t"], price: ["$3 million"] },
  ],
  [
    "[C:Hongxiang] [TRADE=bought] [q:20 t] of aluminium from [C:Taeryonggang] for [m:$50,000].",
    { buyer: ["Hongxiang"], quantity: ["20 t"], seller: ["Taeryonggang"], price: ["$50,000"] },
  ],
  [
    "[V:The Chon Ma San] [SHIP=transferred] [q:3,000 t] of oil to [V:the Saebyol].",
    { vessel: ["The Chon Ma San"], quantity: ["3,000 t"], taker: ["the Saebyol"] },
  ],
];
