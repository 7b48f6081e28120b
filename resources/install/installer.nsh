; What the installer for Windows says in its own words, Korean and English. electron-builder brings the rest.

!macro customHeader
  LangString dangolWelcomeTitle ${LANG_KOREAN} "단골수첩을 설치할게요"
  LangString dangolWelcomeTitle ${LANG_ENGLISH} "Install Dangol Fieldbook"
  LangString dangolWelcomeText ${LANG_KOREAN} "시장에서 인터넷 없이 쓰는 현장 수첩이에요. 관리자 권한이 없어도 설치할 수 있어요.$\r$\n$\r$\n기록은 이 컴퓨터에만 저장돼요. 이미 쓰던 기록이 있으면 그대로 이어서 쓸 수 있어요.$\r$\n$\r$\n단골수첩이 열려 있으면 먼저 닫아 주세요."
  LangString dangolWelcomeText ${LANG_ENGLISH} "A field notebook that works in the market, without a network. No administrator is needed.$\r$\n$\r$\nRecords are kept on this computer alone. Records that are here already are taken up as they are.$\r$\n$\r$\nClose Dangol Fieldbook first if it is open."
  LangString dangolRemoveTitle ${LANG_KOREAN} "단골수첩을 지울게요"
  LangString dangolRemoveTitle ${LANG_ENGLISH} "Remove Dangol Fieldbook"
  LangString dangolRemoveText ${LANG_KOREAN} "프로그램만 지워요. 기록은 이 컴퓨터에 그대로 남아서, 다시 설치하면 이어서 쓸 수 있어요.$\r$\n$\r$\n노트북을 돌려주거나 버리기 전에는 담당자에게 기록을 지우는 방법을 물어봐 주세요."
  LangString dangolRemoveText ${LANG_ENGLISH} "Only the program is removed. The records stay on this computer, and are there again when it is installed anew.$\r$\n$\r$\nBefore you give the laptop away, ask whoever is in charge how the records are destroyed."
!macroend

!macro customWelcomePage
  !define MUI_WELCOMEPAGE_TITLE "$(dangolWelcomeTitle)"
  !define MUI_WELCOMEPAGE_TEXT "$(dangolWelcomeText)"
  !insertmacro skipPageIfUpdated
  !insertmacro MUI_PAGE_WELCOME
!macroend

!macro customUnWelcomePage
  !define MUI_WELCOMEPAGE_TITLE "$(dangolRemoveTitle)"
  !define MUI_WELCOMEPAGE_TEXT "$(dangolRemoveText)"
  !insertmacro MUI_UNPAGE_WELCOME
!macroend
