; SchoolSafe for Windows, built from the frozen folder. Compiles on Linux as well:
;   makensis -DDIST=build\dist\schoolsafe -DVERSION=0.1.0 -DOUT=schoolsafe-setup.exe schoolsafe.nsi
; The frozen folder itself must be made on Windows: PyInstaller does not cross-build.
; Per person and without an administrator; /S installs without a question. School IT deploys the per-machine
; form: -DALLUSERS puts it under Program Files and asks for an administrator.
Unicode true
Target amd64-unicode
!include MUI2.nsh
!define ID "uk.org.schoolsafe.SchoolSafe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\SchoolSafe"
Name "SchoolSafe"
OutFile "${OUT}"
SetCompressor /SOLID lzma
!ifdef ALLUSERS
  RequestExecutionLevel admin
  InstallDir "$PROGRAMFILES64\SchoolSafe"
!else
  RequestExecutionLevel user
  InstallDir "$LOCALAPPDATA\Programs\SchoolSafe"
!endif
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro Context
  !ifdef ALLUSERS
    SetShellVarContext all
  !else
    SetShellVarContext current
  !endif
!macroend

!macro FileType EXTENSION NAME WORDS
  WriteRegStr SHCTX "Software\Classes\.${EXTENSION}" "" "${ID}.${NAME}"
  WriteRegStr SHCTX "Software\Classes\${ID}.${NAME}" "" "${WORDS}"
  WriteRegStr SHCTX "Software\Classes\${ID}.${NAME}\DefaultIcon" "" "$INSTDIR\schoolsafe.exe,0"
  WriteRegStr SHCTX "Software\Classes\${ID}.${NAME}\shell\open\command" "" '"$INSTDIR\schoolsafe.exe" "%1"'
!macroend

Section
  !insertmacro Context
  ; An older version's files must not stay between the new ones. Records live elsewhere and are never touched.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${DIST}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\SchoolSafe.lnk" "$INSTDIR\schoolsafe.exe"
  !insertmacro FileType "safetransfer" "Transfer" "Sealed safeguarding file"
  !insertmacro FileType "safereceipt" "Receipt" "Receipt for a safeguarding file"
  WriteRegStr SHCTX "${KEY}" "DisplayName" "SchoolSafe"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Publisher" "The SchoolSafe project"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\schoolsafe.exe"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
SectionEnd

Section Uninstall
  !insertmacro Context
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\schoolsafe.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\SchoolSafe.lnk"
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegKey SHCTX "Software\Classes\.safetransfer"
  DeleteRegKey SHCTX "Software\Classes\.safereceipt"
  DeleteRegKey SHCTX "Software\Classes\${ID}.Transfer"
  DeleteRegKey SHCTX "Software\Classes\${ID}.Receipt"
SectionEnd
