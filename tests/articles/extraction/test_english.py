"""English passes, down to a lead of one sentence; other languages do not. All samples are ours."""

import pytest

from articles.extraction.english import is_english

ENGLISH = {
    "call": "WASHINGTON, July 4 (Meridian Wire) - President Donald Trump spoke by phone with"
    " Russian President Vladimir Putin on Thursday.",
    "meeting": "KYIV - Ukrainian President Volodymyr Zelenskyy met NATO Secretary General Mark"
    " Rutte in Brussels on Monday. Talks lasted two hours.",
    "strike": "Russian drones struck Odesa overnight, killing three people, regional governor Oleh"
    " Kiper said Friday.",
    "arrival": "Turkish Foreign Minister Hakan Fidan arrives in Moscow Tuesday; talks with Sergei"
    " Lavrov expected.",
    "talks": "GENEVA, March 9 - Envoys of Iran, Britain, France and Germany resumed nuclear talks"
    " on Sunday.",
    "headline": "China expels three Canadian diplomats; Ottawa vows response",
    "names": "BEIJING (Alliance News) - Foreign Minister Wang Yi summoned Japanese Ambassador"
    " Hideo Tarumi on Wednesday, state television reported.",
    "names-of-places": "São Paulo, Brasília and Bogotá will host Mercosur ministers, Itamaraty"
    " spokesman João da Silva told reporters.",
    "quotation": "“We do not seek war,” he said. “But we will not be pushed out of the room.”",
    "german-names": "Frank-Walter Steinmeier and Annalena Baerbock flew to Tbilisi for talks with"
    " Salome Zourabichvili, Die Zeit reported Saturday.",
    "two": "The ceasefire took hold at noon. Both armies accused each other of shelling within"
    " the hour.",
    "longer": "The envoys met in the old town hall of Oslo for an hour on Thursday and agreed to"
    " meet again before the end of the week. Neither side would say what had been offered, but"
    " two officials told reporters that a draft had been exchanged. The talks, the first since"
    " the spring, had been called off twice because of shelling along the border.",
    "empty": "",
    "one-word": "Ceasefire",
}
OTHER = {
    "german": "Der Außenminister ist am Montag zu Gesprächen nach Moskau gereist. Er wird dort"
    " auch seinen iranischen Kollegen treffen.",
    "german-short": "Der Minister reist am Montag nach Moskau und trifft dort seinen Kollegen.",
    "german-longer": "Die Unterhändler kamen am Donnerstag im alten Rathaus von Oslo zusammen und"
    " sprachen eine Stunde lang miteinander. Was angeboten wurde, wollte keine der beiden Seiten"
    " sagen; zwei Beamte berichteten aber, dass ein Entwurf auf dem Tisch liegt. Die Gespräche"
    " waren zuvor zweimal abgesagt worden, weil an der Grenze wieder geschossen wurde.",
    "french": "Le ministre des Affaires étrangères s’est rendu lundi à Moscou pour des entretiens"
    " avec son homologue. Il doit rencontrer le président mardi.",
    "french-longer": "Les négociateurs se sont retrouvés jeudi dans l’ancien hôtel de ville d’Oslo"
    " et ont parlé pendant une heure. Aucune des deux parties n’a voulu dire ce qui a été"
    " proposé, mais deux responsables ont confirmé qu’un projet a été échangé. Les pourparlers"
    " avaient été annulés à deux reprises à cause des tirs le long de la frontière.",
    "spanish": "El ministro de Exteriores viajó el lunes a Moscú para reunirse con su homólogo."
    " Según la agencia, hablaron durante dos horas.",
    "spanish-longer": "Los negociadores se reunieron el jueves en el antiguo ayuntamiento de Oslo"
    " y hablaron durante una hora. Ninguna de las partes quiso decir lo que se había ofrecido,"
    " pero dos funcionarios contaron que se cambió un borrador. Las conversaciones se habían"
    " suspendido dos veces por los disparos en la frontera.",
    "italian": "Il ministro degli Esteri è arrivato lunedì a Mosca per un incontro con il suo"
    " omologo. I due hanno parlato per un’ora.",
    "italian-longer": "I negoziatori si sono riuniti giovedì nel vecchio municipio di Oslo e hanno"
    " parlato per un’ora. Nessuna delle due parti ha voluto dire che cosa sia stato offerto, ma"
    " due funzionari hanno raccontato che una bozza è già sul tavolo.",
    "portuguese": "O ministro das Relações Exteriores viajou na segunda-feira a Moscou para"
    " conversar com o seu colega. A reunião durou duas horas.",
    "portuguese-longer": "Os negociadores reuniram-se na quinta-feira na antiga câmara de Oslo e"
    " conversaram durante uma hora. Nenhuma das partes quis dizer o que foi oferecido, mas dois"
    " funcionários contaram que um rascunho está em cima da mesa.",
    "dutch": "De minister van Buitenlandse Zaken is maandag naar Moskou gereisd. Hij was daar"
    " voor overleg over de grens, en in de avond sprak hij met de president.",
    "dutch-longer": "De onderhandelaars kwamen donderdag in het oude stadhuis van Oslo bijeen en"
    " spraken een uur met elkaar. Geen van beide partijen wilde zeggen wat er was geboden, maar"
    " twee ambtenaren vertelden dat er een ontwerp op tafel ligt.",
    "polish": "Minister spraw zagranicznych przyleciał w poniedziałek do Moskwy na rozmowy ze"
    " swoim odpowiednikiem. To jego druga wizyta w tym roku.",
    "polish-longer": "Negocjatorzy spotkali się w czwartek w starym ratuszu w Oslo i rozmawiali"
    " przez godzinę. Żadna ze stron nie chciała powiedzieć, co zaproponowano, ale dwaj urzędnicy"
    " przyznali, że projekt leży na stole.",
    "turkish": "Dışişleri Bakanı pazartesi günü görüşmeler için Moskova’ya gitti. Bakanın salı"
    " günü de Ankara’ya dönmesi bekleniyor.",
    "turkish-longer": "Heyetler perşembe günü Oslo’daki eski belediye binasında bir araya geldi ve"
    " bir saat konuştu. Taraflar neyin teklif edildiğini söylemek istemedi, ancak iki yetkili bir"
    " taslak olduğunu doğruladı.",
    "indonesian": "Menteri luar negeri tiba di Moskow pada hari Senin untuk berunding dengan"
    " rekannya. Pertemuan itu berlangsung selama dua jam.",
    "indonesian-longer": "Para perunding bertemu pada hari Kamis di balai kota lama Oslo dan"
    " berbicara selama satu jam. Kedua pihak tidak mau mengatakan apa yang telah ditawarkan,"
    " tetapi dua pejabat mengatakan bahwa sebuah rancangan telah dipertukarkan.",
    "russian": "Министр иностранных дел прибыл в понедельник в Осло на переговоры.",
    "russian-longer": "Переговоры прошли в четверг в старой ратуше Осло и длились около часа. Ни"
    " одна из сторон не сказала, что было предложено, но двое чиновников рассказали о проекте.",
    "arabic": "وصل وزير الخارجية يوم الاثنين إلى موسكو لإجراء محادثات مع نظيره.",
    "arabic-longer": "اجتمع المفاوضون يوم الخميس في مبنى البلدية القديم في أوسلو وتحدثوا ساعة."
    " ولم يقل أي من الطرفين ما عُرض عليه، لكن مسؤولين اثنين تحدثا عن مسودة.",
    "chinese": "外交部长星期一抵达莫斯科举行会谈。",
    "chinese-longer": "谈判代表星期四在奥斯陆旧市政厅会面，谈了一个小时。双方都不愿说明提出了什么，"
    "但两名官员说草案已经交换。",
}


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH.keys())
def test_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER.keys())
def test_another_language(text: str) -> None:
    assert not is_english(text)


def test_a_quotation_in_another_language_does_not_matter() -> None:
    assert is_english(ENGLISH["longer"] + " " + OTHER["german-short"])
