/**
 * Marks that describe somebody, "[…]" in a sentence, and the name that a person would give. Written before the code was
 * tried on them.
 */
export const CASES = [
  // The seven names of a trial that were made of scraps.
  ["[DPRK IT workers] target freelance contracts from employers located in wealthier nations.", "DPRK IT workers"],
  ["Kuwait sent [soldiers] to its border with Iraq after Iraqi soldiers withdrew from the area.", "Soldiers"],
  ["The [president] moves ahead with a plan to rewrite the country's constitution.", "President"],
  [
    "[North Korean workers] waiting for a train at Dandong Railway Station on the morning of September 4.",
    "North Korean workers",
  ],
  ["They support [DPRK officials] in procuring items for the DPRK's programmes.", "DPRK officials"],
  ["[North Korean workers waiting for a train] at Dandong Railway Station", "North Korean workers"],
  ["The [employers] located in wealthier nations were not told.", "Employers"],
  // Places.
  ["The [workers] at a Dandong factory were sent home.", "Workers at Dandong factory"],
  ["A [manager] at a textile factory told us so.", "Manager at textile factory"],
  ["The [governor] of Liaoning Province said nothing.", "Governor of Liaoning Province"],
  ["a [local source] in Dandong told Daily NK", "Local source in Dandong"],
  ["The [guards] near the border were paid.", "Guards near border"],
  ["A [clerk] of the North Korean embassy in Beijing was named.", "Clerk of North Korean embassy"],
  ["The [owner] of two restaurants in Shenyang left.", "Owner of two restaurants"],
  ["[Traders] from Sinuiju crossed the river.", "Traders from Sinuiju"],
  ["The [manager] of workers at a shoe factory was silent.", "Manager at shoe factory"],
  ["[Dock workers] in the port of Nampo said so.", "Dock workers in port"],
  ["An [official] in Pyongyang said the talks had failed.", "Official in Pyongyang"],
  ["[Fishermen] on the east coast saw three ships.", "Fishermen on east coast"],
  ["A [driver] at the Dandong customs office was arrested.", "Driver at Dandong customs office"],
  ["Her [brother] in Vladivostok sends money.", "Brother in Vladivostok"],
  ["The [cooks] inside the Pyongyang restaurant were replaced.", "Cooks inside Pyongyang restaurant"],
  // What is no place.
  ["A [source] familiar with the matter in China said so.", "Source"],
  ["The [manager] in charge of the workers left.", "Manager"],
  ["[Officials] in September denied it.", "Officials"],
  ["[Workers] in 2017 were told to leave.", "Workers"],
  ["The [traders] on Monday bought coal.", "Traders"],
  ["The [minister] of the day was asked.", "Minister"],
  ["The [inspectors] with their lists came back.", "Inspectors"],
  ["A [spokesman] for the company declined to comment.", "Spokesman"],
  ["The [captain] of the ship was fined.", "Captain"],
  ["The [agents] who work in Dalian fled.", "Agents"],
  ["The [hackers], based in Shenyang, were charged.", "Hackers"],
  ["The [broker] — in Macau since May — vanished.", "Broker"],
  ["A [crew] of twenty was held.", "Crew"],
  ["The [experts] at least agreed.", "Experts"],
  ["[Engineers] in Dandong return home every year.", "Engineers in Dandong"],
  // What stands in front.
  ["They took [the remaining North Korean workers] away.", "Remaining North Korean workers"],
  ["[its more than 70 workers] in Yanji left", "Workers in Yanji"],
  ["[70 North Korean workers] in Kaisantun were told.", "North Korean workers in Kaisantun"],
  ["[some of the waitresses] in Phnom Penh defected", "Waitresses in Phnom Penh"],
  ["[a senior official] of the Central Bank was there", "Senior official of Central Bank"],
  ["[Their families] back home wait.", "Families"],
  ["[several unnamed diplomats] at the United Nations agreed", "Unnamed diplomats at United Nations"],
  ["[all three brothers] were listed", "Brothers"],
  // Marks that are too long.
  ["[the workers who had been hired in May] left", "Workers"],
  ["[officials with ties to the army] in Wonsan spoke", "Officials"],
  ["[the manager of the factory] said so", "Manager of factory"],
  ["[workers at a factory in Dandong] said so", "Workers at factory"],
  ["[employees hired by the mill] were sent back", "Employees"],
  // Other languages: the words themselves.
  ["한 [현지 소식통]은 말했다.", "현지 소식통"],
  ["[관리책임자]가 전했다.", "관리책임자"],
  ["一名[消息人士]说。", "消息人士"],
  ["[管理担当者]が語った。", "管理担当者"],
];
