/**
 * Korean sentences on returns, shipments, sales, wages and inspections with their marks, and who fills which role: written before
 * fillers were read by particle. What is offered beyond that is wrong. SHUT was not run before the code was there, though whoever
 * wrote the code had read it; LATER was written when the code stood, and run once before anything was changed for it.
 */
export const OPEN = [
  [
    "중국 훈춘에서 일하던 [G:북한 노동자] [n:150여 명]이 지난달 [REPATRIATE=귀국했다]고 소식통이 전했다.",
    { people: ["북한 노동자"], count: ["150여 명"] },
  ],
  [
    "[G:노동자들]은 [T:단둥]에서 [T:평양]으로 [REPATRIATE=돌아갔다].",
    { people: ["노동자들"], origin: ["단둥"], destination: ["평양"] },
  ],
  [
    "[T:중국]은 지난주 [G:노동자] [n:200명]을 [T:북한]으로 [REPATRIATE=송환했다].",
    { agent: ["중국"], people: ["노동자"], count: ["200명"], destination: ["북한"] },
  ],
  [
    "[V:천마산호]가 [T:남포항]에서 [q:2만 톤]의 석탄을 싣고 [T:상하이]로 [SHIP=향했다].",
    { vessel: ["천마산호"], origin: ["남포항"], quantity: ["2만 톤"], destination: ["상하이"] },
  ],
  [
    "[C:선사]는 [q:정제유 3천 톤]을 [V:남산8호]에 [SHIP=옮겨 실었다].",
    { operator: ["선사"], quantity: ["정제유 3천 톤"], taker: ["남산8호"] },
  ],
  [
    "[C:대흥무역]은 [C:중국 회사]에 [q:수산물 40톤]을 [TRADE=판매했다].",
    { seller: ["대흥무역"], buyer: ["중국 회사"], quantity: ["수산물 40톤"] },
  ],
  [
    "[C:조선은하회사]가 [q:무연탄 5천 톤]을 톤당 [m:70달러]에 [T:중국]으로 [TRADE=수출했다].",
    { seller: ["조선은하회사"], quantity: ["무연탄 5천 톤"], price: ["70달러"], destination: ["중국"] },
  ],
  [
    "[C:중국 업체]는 [T:북한]에서 [q:쌀 500톤]을 [TRADE=수입했다].",
    { buyer: ["중국 업체"], origin: ["북한"], quantity: ["쌀 500톤"] },
  ],
  [
    "[C:공장]은 [G:노동자들]에게 월 [m:2,300위안]을 [PAY=지급했다].",
    { payer: ["공장"], recipient: ["노동자들"], amount: ["2,300위안"] },
  ],
  ["[G:여성 노동자들]은 매달 [m:1,800위안]을 [PAY=받았다].", { recipient: ["여성 노동자들"], amount: ["1,800위안"] }],
  [
    "[S:해안경비대]는 [T:동해]에서 [V:금야호]를 [ENFORCE=나포했다].",
    { authority: ["해안경비대"], place: ["동해"], asset: ["금야호"] },
  ],
  ["[S:세관]은 [V:유조선] [i:3척]을 [ENFORCE=검색했다].", { authority: ["세관"], asset: ["유조선"], amount: ["3척"] }],
];

export const SHUT = [
  [
    "[G:북한 여성 노동자] [n:300명]이 [T:투먼]을 통해 [T:북한]으로 [REPATRIATE=귀국한] 것으로 알려졌다.",
    { people: ["북한 여성 노동자"], count: ["300명"], via: ["투먼"], destination: ["북한"] },
  ],
  [
    "[S:러시아 당국]은 [n:47명]을 강제 [REPATRIATE=추방했다]고 [M:인테르팍스]가 보도했다.",
    { agent: ["러시아 당국"], count: ["47명"] },
  ],
  [
    "비자가 만료된 [G:노동자들]이 [T:블라디보스토크]를 떠나 [T:원산]에 [REPATRIATE=도착했다].",
    { people: ["노동자들"], origin: ["블라디보스토크"], destination: ["원산"] },
  ],
  [
    "[V:빌리언스 18호]가 [q:정유 제품 600톤]을 [V:삼정2호]로 [SHIP=환적했다].",
    { vessel: ["빌리언스 18호"], quantity: ["정유 제품 600톤"], taker: ["삼정2호"] },
  ],
  [
    "[V:와이즈 어니스트호]는 [T:인도네시아]로 [q:석탄 2만5천 톤]을 [SHIP=운반하]다 적발됐다.",
    { vessel: ["와이즈 어니스트호"], destination: ["인도네시아"], quantity: ["석탄 2만5천 톤"] },
  ],
  [
    "[q:시멘트 800톤]이 [V:화물선]에 실려 [T:청진항]에서 [SHIP=출항했다].",
    { quantity: ["시멘트 800톤"], vessel: ["화물선"], origin: ["청진항"] },
  ],
  [
    "[C:만수대]는 [S:나미비아 정부]에 동상을 [m:1,300만 달러]에 [TRADE=팔았다].",
    { seller: ["만수대"], buyer: ["나미비아 정부"], price: ["1,300만 달러"] },
  ],
  [
    "[G:상인들]이 [C:국영 기업]으로부터 [q:휘발유 20톤]을 [TRADE=구입했다].",
    { buyer: ["상인들"], seller: ["국영 기업"], quantity: ["휘발유 20톤"] },
  ],
  [
    "[P:선장]은 [C:해운회사]로부터 [m:5만 달러]를 [PAY=받은] 혐의를 부인했다.",
    { recipient: ["선장"], payer: ["해운회사"], amount: ["5만 달러"] },
  ],
  ["[C:회사]가 [G:근로자] [n:30명]의 임금 [m:4만 루블]을 [PAY=송금했다].", { payer: ["회사"], amount: ["4만 루블"] }],
  [
    "[I:유엔 안보리 전문가단]은 [F:공장] [i:두 곳]을 [ENFORCE=조사했다].",
    { authority: ["유엔 안보리 전문가단"], asset: ["공장"], amount: ["두 곳"] },
  ],
  [
    "[S:재무부]가 [C:해운회사]에 [m:100만 달러]의 벌금을 [ENFORCE=부과했다]고 밝혔다.",
    { authority: ["재무부"], subject: ["해운회사"], amount: ["100만 달러"] },
  ],
];

export const LATER = [
  [
    "소식통은 [C:의류 공장]이 지난달 [G:북한 노동자] [n:80여 명]을 [REPATRIATE=돌려보냈다]고 말했다.",
    { agent: ["의류 공장"], people: ["북한 노동자"], count: ["80여 명"] },
  ],
  [
    "[M:로이터통신]은 [V:유조선]이 [T:나홋카항]에서 [q:경유 1천200톤]을 싣고 [T:청진]으로 [SHIP=출항했다]고 보도했다.",
    { vessel: ["유조선"], origin: ["나홋카항"], quantity: ["경유 1천200톤"], destination: ["청진"] },
  ],
  ["[T:중국]에서 [REPATRIATE=귀국한] [G:노동자들]은 [T:신의주]에 격리됐다.", { origin: ["중국"], people: ["노동자들"] }],
  [
    "[T:말레이시아]가 [REPATRIATE=추방한] [G:북한인] [n:140명]이 [T:베이징]을 거쳐 [T:평양]에 도착했다.",
    { agent: ["말레이시아"], people: ["북한인"], count: ["140명"] },
  ],
  ["[G:노동자] [n:500명]의 [REPATRIATE=송환]은 [T:러시아]가 미뤘다.", { people: ["노동자"], count: ["500명"] }],
  ["[G:이들]은 [C:건설회사]에서 [d:3년]간 [EMPLOY=일했다].", { worker: ["이들"], employer: ["건설회사"], tenure: ["3년"] }],
  [
    "[C:수산물 가공업체]가 [T:훈춘]에서 [G:북한 여성] [n:200명]을 [EMPLOY=고용하고] 있다.",
    { employer: ["수산물 가공업체"], worker: ["북한 여성"], count: ["200명"], place: ["훈춘"] },
  ],
  [
    "[V:금운산호]가 [S:한국 해경]에 의해 [T:포항항]에서 [ENFORCE=억류됐다].",
    { asset: ["금운산호"], authority: ["한국 해경"], place: ["포항항"] },
  ],
  [
    "[S:미 재무부]는 [C:해운사] 두 곳과 [P:리정철]을 제재 명단에 [DESIGNATE=올렸다].",
    { authority: ["미 재무부"], target: ["해운사", "리정철"] },
  ],
  [
    "[G:노동자들]은 월급 [m:700달러] 가운데 [m:400달러]를 [S:당국]에 [PAY=상납했다].",
    { payer: ["노동자들"], amount: ["400달러"], recipient: ["당국"] },
  ],
  [
    "[V:안산1호]는 [V:뉴레전트호]로부터 [T:동중국해]에서 [q:석유제품]을 [SHIP=옮겨받았다].",
    { vessel: ["안산1호"], giver: ["뉴레전트호"], quantity: ["석유제품"], place: ["동중국해"] },
  ],
  [
    "[C:단둥훙샹]은 [C:위장회사]를 통해 [C:조선광선은행]에 [q:알루미늄 50톤]을 [TRADE=팔았다].",
    { seller: ["단둥훙샹"], intermediary: ["위장회사"], buyer: ["조선광선은행"], quantity: ["알루미늄 50톤"] },
  ],
  [
    "[T:북한]은 [T:중국]에 [q:석탄] [q:30만 톤]을 밀수출했고 [T:러시아]에서 [q:정제유 2만 톤]을 [TRADE=사들였다].",
    { buyer: ["북한"], origin: ["러시아"], quantity: ["정제유 2만 톤"] },
  ],
  [
    "[S:싱가포르 법원]은 [P:사업가]에게 [m:50만 달러]의 벌금을 [ENFORCE=선고했다].",
    { authority: ["싱가포르 법원"], subject: ["사업가"], amount: ["50만 달러"] },
  ],
  [
    "[S:외교부]는 [S:이민국]이 [G:유학생] [n:30명]에게 비자를 [PERMIT=발급했다]고 밝혔다.",
    { authority: ["이민국"], holder: ["유학생"], count: ["30명"] },
  ],
  [
    "[T:카타르]에 [DISPATCH=파견된] [G:건설 노동자] [n:2천여 명]이 임금을 받지 못했다.",
    { people: ["건설 노동자"], count: ["2천여 명"], destination: ["카타르"] },
  ],
];
