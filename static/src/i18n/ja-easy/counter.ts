export const counter = {
  "counter.title": "{窓口|まどぐち}で お{金|かね}を {入|い}れる",
  "counter.open": "{窓口|まどぐち}で お{金|かね}を {入|い}れる",
  "counter.amount": "もらった お{金|かね}",
  "counter.read": "コードを {読|よ}む",
  "counter.check": "お{金|かね}を かぞえてから おして ください。あとで もどせません。",
  "counter.press": "{amount}{円|えん}を {入|い}れる",
  "counter.done": "{amount}{円|えん}を {入|い}れました",
  "counter.next": "つぎの {人|ひと}",
  "counter.doubt": "{amount}{円|えん}が {入|はい}ったか {確|たし}かめています。2{回|かい} {入|はい}ることは ありません。",
  "counter.not_yours": "これは {市役所|しやくしょ}の {人|ひと}が {使|つか}う {画面|がめん}です。",
};
