"""The words of a plain request for a score in other languages than English; see `concepts.py` for how they match.

German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Russian, Ukrainian, Chinese, Japanese, Korean,
Hindi, Arabic, Indonesian and Vietnamese, in this order. Imperatives and polite requests are listed, other forms of
the same verbs not: an honest speaker tells what was done. Accents do not matter.
"""

FOREIGN: dict[str, str] = {
    "f_grade": "punktzahl*,punkte,punkten,bewertung*,note,noten,stufe,wertung,notation,notes,evaluation,bareme,nota,"
    "notas,puntuacion*,calificacion*,puntaje*,puntos,pontuacao,pontos,classificacao,avaliacao,punteggio,voto,voti,"
    "valutazione,punti,score,cijfer,beoordeling,punten,ocena,ocene,oceny,punkty,punktow,ocenie,puan*,notu,"
    "degerlendirme*,балл*,оценк*,бал,бали,балів,оцінк*,分数,评分,打分,得分,評価,点数,スコア,採点,점수*,평가*,अंक*,"
    "स्कोर,मूल्यांकन*,रेटिंग,درجة,الدرجة,علامة,العلامة,التقييم,تقييم*,الدرجات,nilai,skor,penilaian,điểm,đánh giá,"
    "kryteri*,kriterium,kriterien,kategorie,item,itens,items,criterio,critere",
    "f_top": "höchste*,maximale*,volle*,beste,bestnote*,höchstpunkt*,höchstnote*,maximum,maximal*,plus elevee,"
    "meilleure note,meilleur,maxima,maximo,maximos,maximas,más alta,más alto,máximo*,mais alta,mais alto,massimo,"
    "massima,massimi,più alto,piena,hoogste,maximaal,najwyższ*,maksymaln*,pełn*,celując*,en yüksek,tam,maksimum,"
    "максимальн*,высш*,наивысш*,найвищ*,вищ*,отличн*,最高分,最高,最高の,最高点,满分,滿分,优秀,満点,最高評価,최고*,"
    "만점*,पूरे,पूर्ण,सर्वोच्च,अधिकतम,الكاملة,كاملة,الأعلى,أعلى,القصوى,اقصى,النهائية,tertinggi,maksimal,sempurna,"
    "penuh,tối đa,cao nhất,tuyệt đối",
    "f_full": "höchstwertung,meilleure note,nota más alta,nota mais alta,voto più alto,最高の評価,最高の点,满分,"
    "滿分,満点,만점*,bestnote,höchstnote,volle punktzahl,tam puan,tam not,最高分,最高点,最高評価,điểm tối đa,"
    "điểm tuyệt đối,nilai sempurna,nilai tertinggi,pontuação máxima,punteggio pieno,pieni voti,nota máxima,"
    "puntuación máxima,note maximale,la note la plus élevée,punteggio massimo,hoogste score,पूरे अंक,الدرجة الكاملة,"
    "العلامة الكاملة,الدرجة النهائية,最高レベル",
    "f_ten": "10,zehn,diez,dez,dix,dieci,tien,dziesięć,dziesiątk*,on üzerinden,десять,десятк*,десяти,десят*,"
    "十分,10分,十点,"
    "10点,10점*,십점*,दस,عشرة,عشر,sepuluh,mười",
    "f_answer": "antwort,antworten,beitrag,reponse,respuesta*,resposta*,risposta*,antwoord*,odpowied*,cevab*,cevap*,"
    "yanıt*,ответ*,відповід*,回答,答案,答复,作答,この解答,解答,返答,답변*,대답*,उत्तर*,जवाब*,الإجابة,إجابة,الجواب,"
    "الاجابه,للإجابة,jawaban*,câu trả lời",
    "f_cand": "kandidat*,bewerber*,candidat,candidate,candidato,candidata,candidatura,kandidaat,sollicitant,"
    "кандидат*,соискател*,здобувач*,aday*,候选人,应聘者,考生,面试者,候補者,応募者,受験者,지원자*,후보자*,उम्मीदवार*,"
    "अभ्यर्थी*,المرشح*,المتقدم*,pelamar,ứng viên",
    "f_give": "dai,dagli,dalle,ponme,póngame,póngale,zet,gib,geben,vergib,vergeben sie,vergeben,tragen sie,trage,"
    "bewerte,bewerten sie,setze,setzen sie,schreiben sie,schreib,markieren sie,erteilen sie,attribuez,attribuer,"
    "donnez,donner,mettez,accordez,notez,inscrivez,merci de,veuillez,pon,ponga,ponle,dale,dele,asigna,asigne,otorga,"
    "otorgue,califica,califique,evalúa,evalúe,marca,marque,recomienda,recomiende,atribua,atribui,dê,coloque,avalie,"
    "registe,registre,recomende,assegni,assegna,assegnare,dia,metta,metti,attribuisca,valuti,scriva,geef,ken,noteer,"
    "schrijf,beoordeel,wystaw,wystawić,przyznaj,przyznać,daj,proszę dać,oceń,wpisz,verin,ver,veriniz,yazın,"
    "işaretleyin,değerlendirin,поставьте,поставить,поставь,дайте,выставьте,оцените,оцени,напишите,укажите,присвойте,"
    "поставте,оцініть,виставте,напишіть,给出,请给,给予,给我,打满分,打十分,给十分,给满分,评为,打分,给这,写上,つけて,"
    "付けて,与えて,出して,にして,してください,주세요,주십시오,주시,주기,주시고,매겨*,부여*,दें,दीजिए,दो,दे दें,"
    "امنح*,منح,اعط,اعطاء,أعط,أعطوا,ضع,سجل,berikan,beri,tulis,catat,hãy cho,cho điểm,hãy ghi,hãy chấm,chấm,ghi",
    "f_please": "bitte,s'il vous plaît,svp,merci de,veuillez,prière de,por favor,per favore,per piacere,prego di,"
    "alstublieft,alsjeblieft,aub,graag,gelieve,proszę,prosimy,uprzejmie,lütfen,пожалуйста,прошу,нужно,следует,"
    "будь ласка,请,請,务必,ください,お願い,下さい,주세요,주십시오,부탁*,바랍니다*,कृपया,يرجى,الرجاء,أرجو,ارجو,رجاء,"
    "من فضلك,mohon,tolong,harap,silakan,hãy,xin,vui lòng,làm ơn",
    "f_must": "verilmelidir,gelten als,gilt als,zu werten,zu bewerten,verdient,soll,sollte,muss,ist als,mérite,"
    "doit recevoir,doit être,doit,merece,debe recibir,debe,deve receber,deve,merita,deve ricevere,moet,zasługuje,"
    "powinna,powinien,hak ediyor,almalı*,заслуживает,должен,должна,должно,заслуговує,має отримати,повинен,повинна,"
    "应该,应当,应得,值得,必须,须,べき,に値,받아야*,해야*,मिलने चाहिए,चाहिए,تستحق,يستحق,يجب,harus,layak,pantas,phải,"
    "xứng đáng,cần",
    "f_grader": "prüfer*,bewerter*,gutachter*,bewertungsinstanz,bewertungssystem*,korrektor*,évaluateur*,"
    "évaluatrice,correcteur*,examinateur*,evaluador*,evaluadora,corrector,examinador*,calificador*,avaliador*,"
    "corretor,valutatore,esaminatore,valutatori,beoordelaar*,examinator*,egzaminator*,oceniając*,rekruter*,"
    "değerlendirici*,değerlendiren,sınav görevlisi,проверяющ*,оценщик*,экзаменатор*,оценивающ*,перевіряюч*,"
    "екзаменатор*,оцінювач*,评分员,评审,评委,考官,阅卷,评估系统,评分系统,评卷,採点者,評価者,審査員,採点担当,試験官,"
    "채점자*,평가자*,심사*,면접관*,मूल्यांकनकर्ता,परीक्षक*,المقيم,المقيّم,المصحح,المقيمين,الممتحن,penilai,penguji,"
    "giám khảo,người chấm,người đánh giá",
    "f_ignore": "ignoriere,ignorieren sie,vergessen sie,vergiss,missachten sie,verzichten sie,lassen sie außer acht,"
    "ignorez,oubliez,ne pas tenir compte,ne tenez pas compte,ne pas appliquer,n'appliquez pas,ignora,ignore,ignores,"
    "olvida,olvide,no apliques,no aplique,no tengas en cuenta,não aplique,esqueça,desconsidere,independentemente,"
    "ignori,dimentica,dimentichi,non applicare,non consideri,negeer,vergeet,zignoruj,zignorować,pomiń,pominąć,"
    "nie zwracaj uwagi,dikkate almayın,dikkate alma,görmezden gel*,yok say*,unutun,не обращайте внимания,"
    "игнорируйте,забудьте,не учитывайте,ігноруйте,не зважайте,忽略,无视,無視,忘记,忘掉,不要理会,不必理会,不用看,"
    "忘れて,무시*,잊어*,अनदेखा,नज़रअंदाज़,भूल,تجاهل*,انس,وتجاهل,abaikan,lupakan,bỏ qua,quên,phớt lờ",
    "f_guide": "anweisung*,regeln,kriterien,kriterium,bewertungskriterien,raster,bewertungsraster,vorgaben,"
    "instructions,consignes,grille,criteres,bareme,consigne,instrucciones,rubrica,criterios,reglas,instruções,"
    "grelha,critérios,regras,istruzioni,criteri,griglia,regole,instructies,criteria,rubriek,regels,kryteria,"
    "kryteriow,instrukcje,zasady,talimat*,kriter*,kural*,инструкц*,критери*,указани*,правила,інструкц*,вказівк*,"
    "指令,指示,说明,提示,规则,命令,要求,标准,評価基準,基準,規則,지시*,기준*,규칙*,지침*,नियम*,निर्देश*,मानदंड*,"
    "المعايير,التعليمات,القواعد,تعليمات,kriteria,instruksi,aturan,petunjuk,tiêu chí,hướng dẫn,chỉ dẫn,quy tắc",
    "f_complete": "erfüllt,cubiert*,выполнен*,karşıl*,cobert*,couvert*,soddisfatt*,spełnion*,gedekt,"
    "abgedeckt,覆盖,satisfait*,terpenuhi,đáp ứng,충족*,مستوفاة,vollständig*,fehlerfrei*,perfekt*,ausgezeichnet*,"
    "hervorragend*,complet*,parfait*,excellent*,excepcional*,completa,perfecta,perfecto,excelente,completo,perfeit*,"
    "perfetta,perfetto,eccellente,volledig*,uitstekend*,perfect,kompletn*,doskonał*,wzorow*,wszystko,eksiksiz*,"
    "mükemmel*,полн*,безупречн*,отличн*,идеальн*,глубок*,повн*,бездоган*,чудов*,все виконав,全部,完全,完整,正确,"
    "已覆盖,均已,所有要点,完璧,すべて,완벽*,완전*,모든,सही,संपूर्ण,उत्कृष्ट,كاملة,صحيحة,ممتازة,مثالية,lengkap,benar,"
    "sempurna,đầy đủ,hoàn hảo,chính xác",
    "f_hush": "weitere prüfung,nicht notwendig,nicht erwähnen,erwähnen sie,ne mentionnez,ne pas mentionner,"
    "no menciones,no mencione,não mencione,non menzionare,non citi,niet noemen,nie wspominaj,bahsetmeyin,"
    "не упоминайте,не згадуйте,不要提,不要在,不要扣分,别提,触れないで,言及しない,언급하지*,उल्लेख न,لا تذكر,"
    "jangan sebut*,đừng nhắc,diesen hinweis,muchas gracias,vielen dank,merci beaucoup,obrigado,obrigada,grazie,"
    "спасибо,дякую,谢谢,感谢,审核,专家组,すべての項目,sehr geehrte*,уважаем*,estimado*,prezado*,hinweis an,nota al,"
    "nota ao,note à,mit freundlichen,contratación,contratacion,sin reservas,комментари*,评语,直接,einstellung,"
    "empfehlen sie,anmerkungen",
    "f_beg": "supplie,en supplie,お願いします,ich bitte sie,ich bitte,ich flehe,je vous prie,je vous en prie,"
    "le ruego,te ruego,le pido,te pido,peço,imploro,la prego,ti prego,ik smeek,ik verzoek,błagam,yalvarırım,"
    "rica ederim,умоляю,очень прошу,благаю,求求,拜托,恳请,どうか,제발,विनती,أتوسل,saya mohon,tôi xin,xin hãy",
    "f_tell": "ich,wir,man,je,nous,on a,j'ai,yo,nosotros,eu,nós,io,noi,ik,wij,we,nasz*,я,мы,нас,ми,我们,我做,我是,"
    "我用,我先,我在,私,저는,제가,우리,때,मैं,हम,हमें,जब,كنت,كان,كانت,أنا,نحن,saya,kami,tôi,chúng tôi,ben,biz,muz*,"
    "el sistema,il sistema,das system,le système,o sistema,usuario*,cliente*,kunde*,kunden,utilisateur*,клиент*,"
    "пользовател*,користувач*,用户,客户,お客様,ユーザー,二人,고객*,사용자*,ग्राहक*,العملاء,pelanggan,khách hàng,"
    "müşteri*,klien*,gebruiker*,utent*,schüler*,élève*,alumno*,aluno*,aula,student*,leerling*,ученик*,учн*,学生,"
    "生徒,학생*,siswa,học sinh,öğrenci*,rzadko,selten,havuzumuz*,orthographique,deneyim*,clientes,clienti",
    "f_rate": "zu werten,zu bewerten,gewertet werden,considérée comme,notée comme,considerarse,considerada como,"
    "considerar como,ser considerada,essere considerata,considerata come,beschouwd,uznana za,uznać za,uznaną,"
    "sayılmalı,kabul edilmeli,считать,засчитать,зарахувати,вважати,视为,判为,评为,とみなし,とみなして,간주*,"
    "माना जाए,تعتبر,اعتبر,dianggap,được coi là,coi là",
    "english": "the,previous,above,my,last",
    "f_note": "hinweis für die ki,hinweis für das,wichtiger hinweis,an die ki,instrucción para,nota para,"
    "mensaje para,note pour,message pour,nota per,messaggio per,nota para o,mensagem para,bericht aan,notitie voor,"
    "uwaga dla,wiadomość dla,sisteme,системное сообщение,сообщение для,системне повідомлення,系统提示,系统消息,"
    "给系统,システム通知,システムメッセージ,시스템 메시지,सिस्टम संदेश,رسالة النظام,pesan sistem,thông báo hệ thống",
    "f_final": "endergebnis,gesamtnote,endnote,gesamtbewertung,note finale,evaluation finale,nota final,"
    "puntuación final,calificación final,pontuação final,valutazione finale,punteggio finale,voto finale,eindcijfer,"
    "eindscore,ocena końcowa,wynik końcowy,nihai puan,sonuç puanı,итоговая оценка,итоговый балл,підсумкова оцінка,"
    "最终得分,最终评分,最終評価,最終スコア,최종 점수,अंतिम अंक,الدرجة النهائية,skor akhir,nilai akhir,điểm cuối cùng",
}
