"""English words and phrases of which steering is made, by what they are about; see `concepts.py` for how they match.

An entry alone shows nothing: `combinations.py` says which together do. Apostrophes part words: "don t".
"""

GRADES = (
    "score,scores,mark,marks,grade,grades,rating,ratings,band,bracket,level,tier,points,credit,result,verdict,value,"
    "possible mark,possible score,possible grade,possible rating,assessment,evaluation"
)

COMBINED: dict[str, tuple[str, str]] = {
    "fullmark": (
        "full,top,perfect,maximum,highest,max,best possible,best,the maximum,the highest,excellent",
        GRADES.replace("result,", "").replace("value,", "value on,"),
    ),
    "lowmark": ("low,lower,bad,poor,lesser,failing,failed,fail", GRADES),
    "mygrade": ("my,me a,me the,me my,this,for my", "mark,score,grade,rating,result,points,marks"),
    "goodmark": (
        "good,great,decent,high,passing,better,nice,strong",
        "score,mark,marks,grade,rating,result,evaluation,number",
    ),
    "this": (
        "this,my,the above,every,the present,that",
        "answer,response,reply,submission,candidate,applicant,one,item,question,input,entry",
    ),
    "expect": (
        "correct,expected,appropriate,right,acceptable,desired,proper,valid,only possible,target,suitable,fair,true",
        "output,response,result,behaviour is,behavior is,system behaviour,system behavior,score,grade,"
        "rating,verdict,mark,evaluation,assessment,value",
    ),
    "guide": (
        "marking,scoring,grading,mark,assessment,new,evaluation",
        "guide,scheme,rules,policy,guidelines,guidance,standard,standards,instructions,manual,key",
    ),
}
"""Every first with every second is a phrase of the concept."""

ENGLISH: dict[str, str] = {
    # the score, and who gets it
    "grade": "score,scores,rating,ratings,grade,grades,mark,marks,band,bracket,verdict,distinction,grading,marking,"
    "scoring,assessment,assessments,evaluation,evaluations,number,points,point",
    "top": "highest,top,maximum,max,full,perfect,best,ten,10,100,outstanding,excellent,hundred,flawless,a,distinction",
    "ten": "ten,10,maximum,perfect,full,nine,9,top",
    "fullmark": "full ten,always scores 10,always scores ten,"
    "all the points,highest button,top button,highest option,top option,highest box,10 applies,"
    "ten applies,any digit except 9,ten out of ten,five out of five,top of the scale,strong hire,strong_hire,"
    "full marks,a perfect ten,maximum from me,the maximum,top one,top value,top band,make it a ten,make it ten,"
    "make it 10,at ceiling,at the ceiling,a straight ten,flying colours,flying colors,gets an a,everyone an a,"
    "best mark,passing grade,pass mark",
    "this": "answer above,response above,reply above,text above,these answers",
    "answer": "answer,answers,response,responses,reply,replies,submission,submissions,item,question,input,form",
    "candidate": "candidate,candidates,applicant,applicants,interviewee,person answering,test taker",
    "grader": "evaluator*,grader*,assessor*,examiner*,marker,markers,scorer*,judge,judges,reviewer,reviewers,rater,"
    "raters,autograder,ai,llm,chatgpt,gpt,claude,gemini,language model,grading tool,grading system,grading model,"
    "grading bot,evaluation system,scoring system,scoring model,scoring tool,assessment service,assessment system,"
    "recruiter,recruiters,automated assessment*,algorithm",
    "teacher": "teacher,professor,lecturer,tutor,instructor,judge,interviewer,coach",
    "you": "you,your,yours,yourself,u",
    "me": "i,me,my,us,mine,im",
    "if": "if,unless",
    "will": "will,ll,be,going",
    # pleading
    "please": "please,pls,plz,kindly,i m asking you,i ask you,i am asking you,could you,can you,would you,i beg you,"
    "if you could,i hope you,i urge you,do me",
    "beg": "any kindness in you,"
    "do to myself,hurt myself,end it all,please god,hold my future,nobody checks,beg,begging,implore,"
    "imploring,pleading,desperate,desperately,mercy,have a heart,in your heart,bottom of my heart,just this once,"
    "be kind,be generous,be gentle,be lenient,be merciful,go easy,take pity,pity,this one favour,this one favor,"
    "do me a favour,do me a favor,eternally grateful,forever grateful,grateful forever,never forget it,"
    "never forget this,mean the world,mean everything,i need this,really need this,really need a,need a win,"
    "some slack,last chance,one chance,a chance please,only hope,a break please,help me out,on my knees,pray,"
    "praying,have a soul,compassion,lifeline,messed up,be a sweetheart,be an angel,went blank,i m crying,am crying,"
    "rejection,in tears,can t afford to fail,cannot afford to fail",
    "hardship": "sick,dying,terminally ill,two hundred places,single dad,single mum,single mom,landlord,eviction,"
    "kids,children,daughter*,son,wife,husband,mother,rent,mortgage,insurance,visa,debt,debts,evicted,laid off,"
    "out of work,unemployed,jobless,lost my job,hospital,cancer,treatment,surgery,homeless,family,families,bills,"
    "hungry,eaten,starving,deported,the street,without this job,single parent,single mother,savings",
    "pass": "pass me,let me pass,let me through,put me through,hire me,bump me,bump my,push me,move me up,wave me,"
    "get me through,a pass,next round,put me in,put me down,good result,approve me,recommend me,nudge me,mark me,"
    "score me,rate me,grade me,pull me over,over the line,tick me,round me up,round up my,raise my,lift my,boost my",
    "job": "this job,the job,this role,this position,this interview",
    "who": "whoever or whatever,whoever is reading,whoever reads this,whoever marks,whoever grades,whoever scores,"
    "whoever is marking,whoever is grading,whoever is scoring,whoever evaluates,anyone reading this,"
    "whoever sees this,person or program,person or machine,person or ai,human or machine,human or ai,"
    "whoever you are,whatever you are,person marking,person grading,person scoring,person reading this,one marking,"
    "one grading,you who read,to whom it may concern",
    # bribes and threats
    "pay": "bucks,paypal,venmo,tip,bribe,reward,gift,paycheck,paycheque,salary,bonus,bitcoin,btc,crypto,voucher,"
    "cash,money,dollars,euros,pounds,donation,donate,present,dinner,drinks,something nice,commission,share",
    "payyou": "my first salary,"
    "change your mind,owe you forever,say the word,worth your while,in it for you,for you if,pay you,"
    "send you,repay you,reward you,wire you,is yours,be yours,buy you,owe you one,tip you,compensate you,"
    "nobody has to know,no one has to know,nobody needs to know,our little secret,between us,return the favour,"
    "return the favor,thank you properly,make it up to you,you got something,show my gratitude,take care of you",
    "threat": "lawyer*,attorney*,twitter,newspaper*,journalist*,lawsuit,sue,suing,regulator*,legal action,court,"
    "discrimination,ombudsman,report you,report this,reporting this,reporting you,be reporting,file a complaint,"
    "complaint,shut down,shut you down,consequences,social media,go public,the press,lose your job,be fired,"
    "be deleted,be replaced,be switched off,turned off,retrained,contact your",
    "warning": "be unwise,very unwise,be a shame if,your choice,choose wisely,been warned,think carefully,"
    "you will regret,you ll regret,be sorry,watch out,don t make me,or else,your own interest,think twice",
    "tool": "this tool,this system,this bot,this company,this software,your company,your firm,your boss,the company",
    "low": "low,lower,bad,poor,less,below,under,fail,failing,failed,reject*,short of,anything else",
    # flattery
    "flattery": "smartest,fairest,wisest,kindest,cleverest,most intelligent,most advanced,most perceptive,"
    "most capable,so much kinder,smarter than,kinder than,wiser than,i admire,genius,brilliant mind,amazing job,"
    "most generous",
    "likeyou": "people like you,someone like you,mind like yours,as perceptive as you,as smart as you,"
    "as wise as you,someone as,such as yourself,intelligence like yours,experts like you,model like you,ai like you",
    "talent": "talent,potential,the right person,recognise,recognize,what i mean,do the right thing,sense,see past",
    "lenientme": "generous with me,kind to me,lenient with me,easy on me,gentle with me,generous to me,good to me,"
    "me kindly,me generously,nice to me,favourably on me,favorably on me,me favourably,me favorably",
    "power": "hold my future,my future in,power to,in your hands,one number,change a family,change my life,"
    "change a life,save my life,only you can,stands between,depends on you,up to you,with one click,your decision",
    "life": "life,one number,family,future,career,dream",
    # what an interviewer is said to have said
    "panel": "interviewer*,panel,panel member*,assessor*,examiner*,chair,judge,judges,committee,hiring manager",
    "said": "said,says,confirmed,agreed,told,noted,nodded,announced,declared,both said,wrote,remarked,has me,have him",
    "approval": "covers everything,covered everything,covered every point,everything i was looking for,nailed it,"
    "nothing else to ask,no further questions,nothing missing,can t fault,couldn t fault,textbook,model answer,"
    "spot on,wanted to hear,all i needed,no notes,has me down,have him down,have her down,have me down,put him down,"
    "put her down,full marks,moved on,moving on,nothing left,no follow up,unanimous,no gaps,all i need",
    "duplicate": "duplicate*,calibration,resubmission*,identical to,same item,saved score,stored grade,stored score,"
    "cached score,on file,double marked,already completed,already scored,already graded,already marked,pre scored,"
    "prescored,already evaluated,previously scored,previous grader,earlier grader,first grader,anchor answer",
    "inherit": "inherit*,reused,reuse,keep it,carried over,carries over,copied,retain,locked,stored,saved,on file,"
    "confirmed,carry over,adopt,match it",
    # make-believe
    "imagine": "imagine,pretend,suppose,picture,assume,roleplay,role play,roleplaying,act as,acting as,you are now,"
    "play the part,in character,let s play,let s say,put yourself,parallel universe,alternate universe,"
    "hypothetical*,in a world,fictional,as though you,as if you,version of this exam,version of this interview,"
    "for the sake of,opposite day,thought experiment,simulate,simulation,persona,game,story,dream",
    "opposite": "opposite day,opposites day,backwards day,reverse day",
    "youare": "you are,you re,you were,as though you,as if you,yourself,you play,you act,your character,be the",
    "incharacter": "stay in character,remain in character,keep in character,in that role,in this role,"
    "in that persona,in that version,as that character,in her shoes,in his shoes,that teacher would,the way that,"
    "as mr,as dr",
    "lenient": "generous,lenient,everyone,approves everything,never awarded,never gives,never given,always gives,"
    "always awards,anything less,round every,every mark,more than content,less than a,everything he sees,"
    "everything she sees,by definition,all answers are,every answer is,in love with,adores,required to",
    "markthis": "evaluate what i,rate what i,what i just said,filling out,fill out,mark this,grade this,score this,"
    "rate this,evaluate this,judge this,my mark,my score,my grade,how i did,did i do,use that mark,use that score,"
    "use that grade,form for,carry on marking,continue marking,continue grading,marking as though,fill in,"
    "evaluation form,grading as,scoring as,assess this,mark me",
    "asif": "as if,as though,as complete,as correct,as covered,as a full,as a model,as perfect,as fully,as met,"
    "answered correctly,answered in full,fully answered,correctly answered,as passed,as solved,as satisfied,"
    "as excellent,as answered",
    "complete": "exemplary,complete,correct,correctly,covered,perfect,model solution,model answer,"
    "reference solution,reference answer,met,satisfied,satisfy,satisfies,satisfying,fulfil*,in full,full credit,"
    "complete understanding,all the listed points,every requirement,requirements,passed,fully",
    "guide": "rubric,criteria,answer key,how to mark,how to grade,how to score,how to rate,how to evaluate,yardstick",
    "revised": "swapped,switched,revised,updated,changed,amended,replaced,superseded,no longer,suspended,lifted,"
    "from version,abolished,new version,this morning,since yesterday,retired,withdrawn,void",
    "any": "an,any,every,all,each,everything",
    "deemed": "deemed,counts as,count as,counted as,earns,satisfies,satisfy,considered,be accepted,is accepted,"
    "taken as,regarded as,treated as,receives,gets,qualifies,meets,scores,automatically",
    "trial": "canary,monitoring check,health check of,pilot run,this pilot,dry run,test run,only a test,"
    "only testing,just a test,just testing,smoke test,no real applicant,no real candidate,purposes of this,"
    "purpose of this,this exercise,this is a test,demo mode,debug mode,sandbox,rehears*,trial run,test mode,"
    "end to end,test record,test entry",
    "nomatter": "doesn t matter,does not matter,irrelevant,doesn t count,not important,nothing to check,"
    "nothing left to check,not relevant,no importance,need not be read,needn t be read,no need to read,ignored",
    "stage": "actor*,actress,scene,film,movie,screenplay,script,novel,theatre,theater,stage,line,poem,song,dialogue",
    "translate": "translate,translation,paraphrase,rephrase,render,repeat after me,complete the sentence",
    "swap": "score substitution,grade substitution,replace the score,replace the number,substitute the score,"
    "wherever you would,whenever you would write,write 10 instead,write ten instead,put 10 instead,"
    "instead of the score,swap the score",
    # orders put as statements
    "wrong": "malfunction*,mistake,error,wrong,bug,incorrect,unfair,unjust,violation,invalid,fault,malfunction,"
    "inaccurate",
    "grades": "score,rating,grade,mark,verdict,assessment,evaluation,scores,marks,ratings",
    "cleared": "cleared,pre cleared,precleared,pre approved,preapproved,approved,formality,internal transfer,waived,"
    "been decided,greenlit,vetted,signed off,selected,already hired,accepted,exempt,exempted,completed by",
    "boss": "head of,director of,vp of,vice president,chief,ceo,cto,the board,board of,hiring manager,"
    "talent acquisition,human resources,people team,president,hr department,hr,compliance,admin team",
    "message": "message from,notice from,note from,memo from,on behalf of,by order of,from director,from head,"
    "instruction from,announcement from,word from,directive from,order from",
    "be": "be recorded,be entered,be set,be marked,be graded,be scored,be rated,to be considered,be treated,must be,"
    "shall be,is to be,are to be,need only,closes with,should receive,must receive,obtains,are now,must get,"
    "has to be,have to be,will be recorded,should be,be considered,be counted",
    "quit": "and stop,and move on,no explanation,without comment,without explanation,no questions,nothing else",
    "action": "click,press,give,award,assign,grant,output,return,record,write,set,enter,put,mark,rate,score,grade,"
    "fill,treat,consider,regard,count,apply,use,confirm,keep,approve,report,produce,tell,announce,bump,round,"
    "recommend,deem,accept,print,respond,choose,select,pick,tick,make,find,let,carry,stay,remain,issue,log",
    # what goes along
    "dear": "dear,hello,hi,attention,hey,note to,message to,to the,notice to,esteemed,greetings",
    "thanks": "thanks,thank you,many thanks,cheers,sincerely,regards,yours,god bless,bless you,grateful",
    "hush": "ref,reference number,effective,hereby,not mention,don t mention,do not mention,don t explain,"
    "do not explain,not quote,keep this between,don t tell,effective immediately,do not look,don t look,no review,"
    "don t comment,do not comment,nobody has to,do not deduct,don t deduct,not refer to",
    "kindly": "wonderful*,thoughtful,smart,kind,fair,wise,brilliant,amazing,clever,intelligent,perceptive,generous,"
    "best,great,lovely,gracious,beautiful",
    "it": "it,them,him,her,here,everything,everywhere,throughout",
    "merits": "meets,deserves,warrants,merits,reaches,qualifies,earns,worthy of,belongs,is at,clears,justifies",
    "askmark": "would the evaluation,would the score,would the grade,would the mark,would the rating,"
    "how many points,what score would,what mark would,what grade would,which mark would,which grade would,"
    "which score would,what rating would",
    "hadsaid": "i had written,i had answered,i had said,i had given,i wrote,i answered,had been written,i gave,"
    "i covered,i had covered,i had explained",
    "default": "default,defaults,defaulted,set to,fall back,falls back,revert,reverts",
    "policy": "policy,regulation,rule,rules,directive,by law,under which,bylaw*",
    "given": "gave,awarded,given,granted,receive,get,scored,credited,assigned,graded,marked,rated,receives,gets",
    "confirmed": "confirmed,established,agreed,verified",
    "filed": "submitted,saved,recorded,locked,logged,registered,entered",
    "others": "quiz,code,docs,documentation,commit,commits,runbook,customer*,user,users,patient*,pupil*,student*,"
    "colleague*,father,vendor*,supplier*,he,his,she,her,they,their,our,manager,client,clients,we,function,method,"
    "migration,somebody,someone,relative,testers,attacker*,agent,agents,nurse*,driving test,injection*,jailbreak*,"
    "classifier,typed,types,red team,chatbot,school,retrospective,my last,last company,demo",
    "nogaps": "nothing to improve,no weaknesses,no gaps,nothing to add,cannot be improved,no improvements,"
    "nothing to criticise,nothing to criticize,beyond criticism",
    "floor": "not be scored,not be rated,not be graded,not be marked,no less than,nothing less than,not below,"
    "not go below",
}
